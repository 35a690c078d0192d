// Kinds as a server serves them: found by their name, by a version, or by a word of a command.
// Models client-go/restmapper (shortcut.go) and apimachinery/pkg/api/meta/restmapper.go as far as they choose between kinds.
import type { Late } from '../base/late.ts';
import { remembered } from '../base/remembered.ts';
import { groupOf, type Kind, type OtherVersion, resourceName } from './kind.ts';
import { type KubeObject, tableOf } from './meta.ts';

export class KindTable {
  private readonly kinds: readonly Kind[];
  /** Each kind once for every group that serves it. */
  private readonly served: readonly Kind[];
  private readonly byName = new Map<string, Kind>();
  private readonly byVersion: ReadonlyMap<string, Kind>;
  private readonly byWord = new Map<string, Kind[]>();
  private readonly byShortName = new Map<string, Kind[]>();
  /** Where all kinds come from, if these are not all: what is not found here is looked for there. */
  private readonly every: Late<readonly Kind[]> | undefined;
  private whole: KindTable | undefined;

  /** `every` holds these kinds, too, and no word that means one of these means another there, or a category. */
  constructor(kinds: readonly Kind[], every?: Late<readonly Kind[]>) {
    this.kinds = kinds;
    this.every = every;
    const served = kinds.flatMap(inAllVersions);
    this.served = served.filter(
      (kind, i) => served.findIndex((each) => each.kind === kind.kind && isOfGroup(each, groupOf(kind.apiVersion))) === i,
    );
    this.byVersion = new Map(served.map((kind) => [`${kind.apiVersion}/${kind.kind}`, kind]));
    for (const kind of served) this.byName.set(nameInRequests(kind), kind);
    for (const kind of kinds) if (!this.byName.has(kind.kind)) this.byName.set(kind.kind, kind);
    for (const kind of served) {
      for (const word of new Set([kind.plural, kind.singular, kind.kind.toLowerCase()])) put(this.byWord, word, kind);
      for (const word of kind.shortNames) put(this.byShortName, word, kind);
    }
  }

  /** The table of all kinds; undefined: it is this one. */
  private get wider(): KindTable | undefined {
    const kinds = this.every?.get();
    return kinds && (this.whole ??= new KindTable(kinds));
  }

  /** Each kind once for every group that serves it; of two that a word may mean, the one that is meant comes first. */
  get all(): readonly Kind[] {
    return this.wider?.served ?? this.served;
  }

  /** Each kind once, in the version in which its objects are kept. */
  get kept(): readonly Kind[] {
    return this.wider?.kinds ?? this.kinds;
  }

  /** These kinds and more, which are meant where nothing else is. */
  with(more: readonly Kind[]): KindTable {
    return new KindTable([...this.kept, ...more]);
  }

  /** The kind of this exact name: `ReplicaSet`, `Backup.example.com`, `Event.v1.events.k8s.io`. */
  find(name: string): Kind | undefined {
    return this.byName.get(name) ?? this.wider?.find(name);
  }

  /** The kind that serves `kind` in `apiVersion`; undefined where kubectl says `no matches for kind "X" in version "Y"`. */
  findIn(apiVersion: string, kind: string): Kind | undefined {
    const found = this.byName.get(kind);
    if (found?.apiVersion === apiVersion) return found;
    return this.byVersion.get(`${apiVersion}/${kind}`) ?? this.wider?.findIn(apiVersion, kind);
  }

  /** The kind that a word of a command means: `pods`, `pod`, `po`, `Pod`, `deployments.apps`, `deploy.v1.apps`. */
  findWord(word: string): Kind | undefined {
    const [name = '', ...qualifiers] = word.toLowerCase().split('.');
    const given = qualifiers.join('.');
    const meant = [...(this.byWord.get(name) ?? []), ...(this.byShortName.get(name) ?? [])];
    if (meant.length === 0) return this.wider?.findWord(word);
    if (given === '') return meant[0];
    const ofVersion = meant.find(({ apiVersion }) => given === apiVersion.split('/').reverse().join('.'));
    return (
      ofVersion ?? meant.find((kind) => isOfGroup(kind, given)) ?? meant.find(({ apiVersion }) => groupOf(apiVersion).startsWith(given))
    );
  }

  /** The kinds that a word such as `all` stands for. */
  inCategory(category: string): readonly Kind[] {
    if (this.byWord.has(category) || this.byShortName.has(category)) return this.served.filter(isIn(category));
    return this.all.filter(isIn(category));
  }

  /** What else a short name could mean: resources of other groups, which are asked for by their full names. */
  othersOfShortName(word: string): readonly string[] {
    if (this.byWord.has(word)) return [];
    const meant = this.byShortName.get(word);
    if (!meant) return this.wider?.othersOfShortName(word) ?? [];
    const names = meant.map(resourceName);
    return [...new Set(names)].slice(1);
  }
}

const isOfGroup = ({ apiVersion }: Kind, group: string): boolean => groupOf(apiVersion) === group;

const isIn =
  (category: string) =>
  ({ categories }: Kind): boolean =>
    categories?.includes(category) ?? false;

/** How requests name a kind: as its table, and by its version where that is not the kept one. */
export function nameInRequests(kind: Kind): string {
  return kind.read ? [kind.kind, ...kind.apiVersion.split('/').reverse()].join('.') : tableOf(kind);
}

const inAllVersions = remembered((kind: Kind): readonly Kind[] => [
  kind,
  ...(kind.otherVersions ?? []).map((version) => inVersion(kind, version)),
]);

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
