// Kinds as a server serves them: found by their name, by a version, or by a word of a command.
import { groupOf, type Kind } from './kind.ts';

export class KindTable {
  readonly all: readonly Kind[];
  private readonly byName: ReadonlyMap<string, Kind>;
  /** The kinds that a word may mean; the first is meant where no group is named. */
  private readonly byWord = new Map<string, Kind[]>();

  constructor(all: readonly Kind[]) {
    this.all = all;
    this.byName = new Map(all.map((kind) => [kind.kind, kind]));
    for (const kind of all) {
      for (const word of new Set([kind.plural, kind.singular, kind.kind.toLowerCase(), ...kind.shortNames])) {
        const meant = this.byWord.get(word);
        if (meant) meant.push(kind);
        else this.byWord.set(word, [kind]);
      }
    }
  }

  /** The kind of this exact name, e.g. `ReplicaSet`. */
  find(kind: string): Kind | undefined {
    return this.byName.get(kind);
  }

  /** The kind that serves `kind` in `apiVersion`; undefined where kubectl says `no matches for kind "X" in version "Y"`. */
  findIn(apiVersion: string, kind: string): Kind | undefined {
    const found = this.byName.get(kind);
    return found && (found.apiVersion === apiVersion || found.otherVersions?.includes(apiVersion)) ? found : undefined;
  }

  /** The kind that a word of a command means: `pods`, `pod`, `po`, `Pod`, `deployments.apps`, `deploy.v1.apps`. */
  findWord(word: string): Kind | undefined {
    const [name = '', ...qualifiers] = word.toLowerCase().split('.');
    const meant = this.byWord.get(name) ?? [];
    if (qualifiers.length === 0) return meant[0];
    const given = qualifiers.join('.');
    return meant.find((kind) => {
      const group = groupOf(kind.apiVersion);
      if (given === group) return true;
      const versions = [kind.apiVersion, ...(kind.otherVersions ?? [])].map((version) => version.split('/').at(-1));
      return versions.some((version) => given === (group ? `${version}.${group}` : version));
    });
  }
}
