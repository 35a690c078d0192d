// Who has written which fields of an object: metadata.managedFields. Models apimachinery/pkg/util/managedfields and
// structured-merge-diff's merge/{update,conflict}.go. Limitation: managers are written down only in objects that were applied on the
// server; what such an object had before is of the manager that its annotations tell.
import { isEqual } from '../base/equal.ts';
import { type FieldSet, fieldsOfObject, fromFieldsV1, pathOf, pathText, toFieldsV1, waysTo, withoutField } from './fieldSet.ts';
import { type KubeObject, type ManagedFields, toTimestamp } from './meta.ts';

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';
const CLIENT_SIDE = 'kubectl-client-side-apply';
/** Who applies with kubectl and no name of their own takes over what kubectl applied from the client's side. */
const KUBECTL = 'kubectl';

export const isOwn = ({ manager, operation }: ManagedFields, name: string): boolean => manager === name && operation === 'Apply';

export function entryOf(manager: string, { apiVersion }: KubeObject, fields: FieldSet, nowMs: number): ManagedFields {
  return { apiVersion, fieldsType: 'FieldsV1', fieldsV1: toFieldsV1(fields.keys()), manager, operation: 'Apply', time: toTimestamp(nowMs) };
}

/** The managers of an object; of one that was never applied here, whoever made it. */
export function managersOf(object: KubeObject, asking: string): readonly ManagedFields[] {
  const { managedFields, annotations, creationTimestamp: time = toTimestamp(0) } = object.metadata;
  if (managedFields) return managedFields;
  const lastApplied = annotations?.[LAST_APPLIED];
  if (lastApplied !== undefined && asking === KUBECTL) return [{ ...entryOf(KUBECTL, object, fieldsOfText(lastApplied), 0), time }];
  const manager = lastApplied === undefined ? 'kubectl-create' : CLIENT_SIDE;
  return [{ ...entryOf(manager, object, fieldsOfObject(object), 0), operation: 'Update', time }];
}

/** What kubectl wrote down of its last apply; nothing where somebody has spoilt that. */
function fieldsOfText(lastApplied: string): FieldSet {
  try {
    return fieldsOfObject(JSON.parse(lastApplied) as KubeObject);
  } catch {
    return new Map();
  }
}

export const conflictsWith = ({ fieldsV1 }: ManagedFields, mine: FieldSet, values: FieldSet): string[] =>
  fromFieldsV1(fieldsV1).filter((id) => mine.has(id) && !isEqual(mine.get(id), values.get(id)));

export function withoutFields(entry: ManagedFields, ids: readonly string[]): readonly ManagedFields[] {
  if (ids.length === 0) return [entry];
  const kept = fromFieldsV1(entry.fieldsV1).filter((id) => !ids.includes(id));
  return kept.length === 0 ? [] : [{ ...entry, fieldsV1: toFieldsV1(kept) }];
}

/** What a manager applied before and does not any more goes, unless somebody else has it, too. */
export function withoutGivenUp(
  object: KubeObject,
  before: readonly string[],
  mine: FieldSet,
  others: readonly ManagedFields[],
): KubeObject {
  const theirs = new Set(others.flatMap(({ fieldsV1 }) => fromFieldsV1(fieldsV1)));
  const held = new Set([...mine.keys(), ...theirs].flatMap(waysTo));
  return before.filter((id) => !held.has(id)).reduce<KubeObject>((left, id) => withoutField(left, pathOf(id)) ?? left, object);
}

/** After a write that was no apply: what it changed belongs to who wrote it. */
export function managersAfterUpdate(object: KubeObject, old: KubeObject, manager: string, nowMs: number): readonly ManagedFields[] {
  const [now, before] = [fieldsOfObject(object), fieldsOfObject(old)];
  const changed = [...now].filter(([id, value]) => !isEqual(value, before.get(id))).map(([id]) => id);
  const gone = [...before.keys()].filter((id) => !now.has(id));
  const managers = old.metadata.managedFields ?? [];
  if (changed.length === 0 && gone.length === 0) return managers;
  const isWriter = (entry: ManagedFields) => entry.manager === manager && entry.operation === 'Update';
  const own = managers.find(isWriter);
  const kept = managers.filter((entry) => !isWriter(entry)).flatMap((entry) => withoutFields(entry, [...changed, ...gone]));
  const ids = [...(own ? fromFieldsV1(own.fieldsV1).filter((id) => now.has(id)) : []), ...changed];
  if (ids.length === 0) return kept;
  const entry: ManagedFields = { ...entryOf(manager, object, new Map(ids.map((id) => [id, true])), nowMs), operation: 'Update' };
  return sortedManagers([...kept, entry]);
}

export const sortedManagers = (entries: readonly ManagedFields[]): readonly ManagedFields[] =>
  [...entries].sort((a, b) => (`${a.operation} ${a.time}` < `${b.operation} ${b.time}` ? -1 : 1));

export interface Conflict {
  readonly entry: ManagedFields;
  readonly ids: readonly string[];
}

const managerText = ({ manager, operation, apiVersion }: ManagedFields): string =>
  operation === 'Update' ? `"${manager}" using ${apiVersion}` : `"${manager}"`;

export function conflictText(conflicts: readonly Conflict[]): string {
  const count = conflicts.reduce((sum, { ids }) => sum + ids.length, 0);
  const [first] = conflicts;
  if (count === 1 && first)
    return `Apply failed with 1 conflict: conflict with ${managerText(first.entry)}: ${pathText(pathOf(first.ids[0] ?? ''))}`;
  const texts = conflicts.map(({ entry, ids }) =>
    [`conflicts with ${managerText(entry)}:`, ...ids.map((id) => `- ${pathText(pathOf(id))}`)].join('\n'),
  );
  return `Apply failed with ${count} conflicts: ${texts.sort().join('\n')}`;
}
