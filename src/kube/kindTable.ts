// Kinds as a server serves them: found by their name, by a version, or by a word of a command.
// Models client-go/restmapper (shortcut.go) and apimachinery/pkg/api/meta/restmapper.go as far as they choose between kinds.
import { remembered } from '../base/remembered.ts';
import { groupOf, type Kind, type OtherVersion, resourceName } from './kind.ts';
import { type KubeObject, tableOf } from './meta.ts';

export class KindTable {
  /** Each kind once for every group that serves it; of two that a word may mean, the one that is meant comes first. */
  readonly all: readonly Kind[];
  /** Each kind once, in the version in which its objects are kept. */
  readonly kept: readonly Kind[];
  private readonly byName = new Map<string, Kind>();
  private readonly byVersion: ReadonlyMap<string, Kind>;
  private readonly byWord = new Map<string, Kind[]>();
  private readonly byShortName = new Map<string, Kind[]>();

  constructor(kept: readonly Kind[]) {
    this.kept = kept;
    const served = kept.flatMap((kind) => [kind, ...(kind.otherVersions ?? []).map((version) => inVersion(kind, version))]);
    this.all = served.filter(
      (kind, i) => served.findIndex((each) => each.kind === kind.kind && isOfGroup(each, groupOf(kind.apiVersion))) === i,
    );
    this.byVersion = new Map(served.map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind]));
    for (const kind of served) this.byName.set(nameInRequests(kind), kind);
    for (const kind of kept) if (!this.byName.has(kind.kind)) this.byName.set(kind.kind, kind);
    for (const kind of served) {
      for (const word of new Set([kind.plural, kind.singular, kind.kind.toLowerCase()])) put(this.byWord, word, kind);
      for (const word of kind.shortNames) put(this.byShortName, word, kind);
    }
  }

  /** These kinds and more, which are meant where nothing else is. */
  with(more: readonly Kind[]): KindTable {
    return new KindTable([...this.kept, ...more]);
  }

  /** The kind of this exact name: `ReplicaSet`, `Backup.example.com`, `Event.v1.events.k8s.io`. */
  find(name: string): Kind | undefined {
    return this.byName.get(name);
  }

  /** The kind that serves `kind` in `apiVersion`; undefined where kubectl says `no matches for kind "X" in version "Y"`. */
  findIn(apiVersion: string, kind: string): Kind | undefined {
    const found = this.byName.get(kind);
    return found?.apiVersion === apiVersion ? found : this.byVersion.get(`${apiVersion}/${kind}`);
  }

  /** The kind that a word of a command means: `pods`, `pod`, `po`, `Pod`, `deployments.apps`, `deploy.v1.apps`. */
  findWord(word: string): Kind | undefined {
    const [name = '', ...qualifiers] = word.toLowerCase().split('.');
    const given = qualifiers.join('.');
    const meant = [...(this.byWord.get(name) ?? []), ...(this.byShortName.get(name) ?? [])];
    if (given === '') return meant[0];
    const ofVersion = meant.find(({ apiVersion }) => given === apiVersion.split('/').reverse().join('.'));
    return (
      ofVersion ?? meant.find((kind) => isOfGroup(kind, given)) ?? meant.find(({ apiVersion }) => groupOf(apiVersion).startsWith(given))
    );
  }

  /** What else a short name could mean: resources of other groups, which are asked for by their full names. */
  othersOfShortName(word: string): readonly string[] {
    if (this.byWord.has(word)) return [];
    const names = (this.byShortName.get(word) ?? []).map(resourceName);
    return [...new Set(names)].slice(1);
  }
}

const isOfGroup = ({ apiVersion }: Kind, group: string): boolean => groupOf(apiVersion) === group;

/** How requests name a kind: as its table, and by its version where that is not the kept one. */
export function nameInRequests(kind: Kind): string {
  return kind.read ? [kind.kind, ...kind.apiVersion.split('/').reverse()].join('.') : tableOf(kind);
}

/** The kind as one of its other versions has it. */
function inVersion(kind: Kind, { apiVersion, ...version }: OtherVersion): Kind {
  const read = remembered((kept: KubeObject) => ({ ...(version.read?.(kept) ?? kept), apiVersion }));
  const keep = (given: KubeObject) => ({ ...(version.keep?.(given) ?? given), apiVersion: kind.apiVersion });
  const { fieldOf } = kind;
  return {
    ...kind,
    apiVersion,
    read,
    keep,
    columns: kind.columns.map((column) => ({ ...column, value: (object, nowMs) => column.value(keep(object), nowMs) })),
    ...(version.validate ? { validate: version.validate } : {}),
    ...(version.validateUpdate ? { validateUpdate: version.validateUpdate } : {}),
    ...(fieldOf ? { fieldOf: (object, field) => fieldOf(keep(object), field) } : {}),
  };
}

function put(map: Map<string, Kind[]>, word: string, kind: Kind): void {
  const meant = map.get(word);
  if (meant) meant.push(kind);
  else map.set(word, [kind]);
}
