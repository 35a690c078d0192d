// Server-side apply: an object is given what its manifest says, and who sets a field of somebody else has to say so.
// Models apiserver/pkg/endpoints/handlers/patch.go applyPatcher.
import { isEqual } from '../base/equal.ts';
import { ApiError } from '../kube/errors.ts';
import { fieldsOfObject, fromFieldsV1 } from '../kube/fieldSet.ts';
import {
  conflictsWith,
  conflictText,
  entryOf,
  isOwn,
  managersOf,
  sortedManagers,
  withoutFields,
  withoutGivenUp,
} from '../kube/managers.ts';
import { type KubeObject, tableOf } from '../kube/meta.ts';
import { mergeGiven } from '../kube/patch.ts';
import type { ApiServer } from './apiServer.ts';
import type { ApiRequest } from './intents.ts';
import type { WriteOptions } from './writeOptions.ts';

type ApplyRequest = Extract<ApiRequest, { verb: 'apply' }>;

export function serverSideApply(
  api: ApiServer,
  { object: given, fieldManager, force = false }: ApplyRequest,
  options: WriteOptions,
): KubeObject {
  const { managedFields: _given, ...metadata } = given.metadata;
  const applied = { ...given, metadata };
  const kind = api.kinds.findIn(applied.apiVersion, applied.kind);
  const namespace = kind?.namespaced ? applied.metadata.namespace : undefined;
  const current = api.get<KubeObject>(tableOf(applied), namespace, applied.metadata.name);
  const mine = fieldsOfObject(applied);
  const own = entryOf(fieldManager, applied, mine, api.nowMs);
  if (!current || !kind) return api.create({ ...applied, metadata: { ...metadata, managedFields: [own] } }, { ...options, isApply: true });
  const managers = managersOf(current, fieldManager);
  const before = managers.find((entry) => isOwn(entry, fieldManager));
  const others = managers.filter((entry) => !isOwn(entry, fieldManager));
  const values = fieldsOfObject(current);
  const conflicts = others.map((entry) => ({ entry, ids: conflictsWith(entry, mine, values) })).filter(({ ids }) => ids.length > 0);
  if (conflicts.length > 0 && !force) throw new ApiError('Conflict', conflictText(conflicts));
  const left = others.flatMap((entry) => withoutFields(entry, conflicts.find((each) => each.entry === entry)?.ids ?? []));
  const whole = withoutGivenUp(mergeGiven(current, applied, kind), before ? fromFieldsV1(before.fieldsV1) : [], mine, left);
  const isSame = isEqual(fieldsOfObject(whole), values) && before && isEqual(before.fieldsV1, own.fieldsV1);
  if (isSame && conflicts.length === 0) return current;
  return api.update(
    { ...whole, metadata: { ...whole.metadata, managedFields: sortedManagers([...left, own]) } },
    { ...options, isApply: true },
  );
}
