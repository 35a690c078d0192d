// From a CustomResourceDefinition to a kind that is served, and back: accepts its names, establishes it, and empties it before it goes.
// Models apiextensions-apiserver/pkg/controller/{status/naming_controller,establish,finalizer/crd_finalizer,apiapproval}.go.
import { isEqual } from '../../base/equal.ts';
import { CLEANUP_FINALIZER, type CustomResourceDefinition, type DefinitionNames, hasCondition } from '../../kube/custom/definition.ts';
import { groupOf } from '../../kube/kind.ts';
import { builtInKinds } from '../../kube/kinds/builtIn.ts';
import { type Condition, conditionOf, type KubeObject, keyOf, tableOf, toTimestamp } from '../../kube/meta.ts';
import { APPROVAL } from '../../kube/validation/customResourceDefinition.ts';
import type { Controller, ControllerContext } from '../controller.ts';

const KIND = 'CustomResourceDefinition';
/** How long until objects that do not go at once are looked for again. */
const RECHECK_MS = 5000;

type Wanted = Pick<Condition, 'type' | 'status' | 'reason' | 'message'>;

export const customResourceNames: Controller = {
  name: 'crd-naming-controller',
  // Names that one definition gives up are free for the others.
  watches: [{ kind: KIND, keys: (_change, ctx) => ctx.api.list<CustomResourceDefinition>(KIND).map(keyOf) }],
  reconcile(key, ctx) {
    const definition = ctx.api.getByKey<CustomResourceDefinition>(key);
    if (!definition) return;
    const approval = approvalOf(definition);
    if (!isEqual(definition.spec.names, definition.status.acceptedNames)) acceptNames(definition, ctx);
    else if (approval && !isSaid(definition, approval)) write(definition, [approval], ctx);
    else if (hasCondition(definition, 'NamesAccepted') && !hasCondition(definition, 'Established')) write(definition, [ESTABLISHED], ctx);
  },
};

const ESTABLISHED: Wanted = {
  type: 'Established',
  status: 'True',
  reason: 'InitialNamesAccepted',
  message: 'the initial names have been accepted',
};
const INSTALLING: Wanted = { ...ESTABLISHED, status: 'False', reason: 'Installing' };
const NOT_ACCEPTED: Wanted = { type: 'Established', status: 'False', reason: 'NotAccepted', message: 'not all names are accepted' };

/** Takes over every name that nobody else has, and says which one is in use. */
function acceptNames(definition: CustomResourceDefinition, ctx: ControllerContext): void {
  const { names } = definition.spec;
  const { acceptedNames } = definition.status;
  const taken = takenNames(definition, ctx);
  const accepted: Record<string, unknown> = { ...acceptedNames, categories: names.categories };
  let conflict: Pick<Wanted, 'reason' | 'message'> | undefined;
  for (const name of ['plural', 'singular', 'shortNames', 'kind', 'listKind'] as const) {
    const words = [names[name] ?? []].flat();
    const isFree = (word: string) => [acceptedNames?.[name] ?? []].flat().includes(word) || !taken.has(word);
    const lost = words.find((word) => !isFree(word));
    if (lost === undefined) accepted[name] = names[name];
    else conflict = { reason: `${name.charAt(0).toUpperCase()}${name.slice(1)}Conflict`, message: `"${lost}" is already in use` };
  }
  const isEstablished = hasCondition(definition, 'Established');
  const conditions: Wanted[] = conflict
    ? [{ type: 'NamesAccepted', status: 'False', ...conflict }, ...(isEstablished ? [] : [NOT_ACCEPTED])]
    : [
        { type: 'NamesAccepted', status: 'True', reason: 'NoConflicts', message: 'no conflicts found' },
        ...(isEstablished ? [] : [INSTALLING]),
      ];
  const known = Object.entries(accepted).filter(([, value]) => value !== undefined);
  write(definition, conditions, ctx, { acceptedNames: Object.fromEntries(known) as unknown as DefinitionNames });
}

/** The names of its group: another may have the same. */
function takenNames({ metadata, spec }: CustomResourceDefinition, { api }: ControllerContext): ReadonlySet<string> {
  const ofGroup = builtInKinds.kept.filter(({ apiVersion }) => groupOf(apiVersion) === spec.group);
  const taken = new Set(ofGroup.map(({ kind }) => kind));
  for (const other of api.list<CustomResourceDefinition>(KIND)) {
    const { acceptedNames } = other.status;
    if (other.metadata.name === metadata.name || other.spec.group !== spec.group || !acceptedNames) continue;
    const { plural, singular, shortNames = [], kind, listKind } = acceptedNames;
    for (const word of [plural, singular, ...shortNames, kind, listKind]) if (word) taken.add(word);
  }
  return taken;
}

/** What is said of a definition in a group of Kubernetes' own. */
function approvalOf({ metadata }: CustomResourceDefinition): Wanted | undefined {
  const annotation = metadata.annotations?.[APPROVAL];
  if (annotation === undefined) return undefined;
  const type = 'KubernetesAPIApprovalPolicyConformant';
  return annotation.startsWith('unapproved')
    ? { type, status: 'False', reason: 'UnapprovedAnnotation', message: `not approved: "${annotation}"` }
    : { type, status: 'True', reason: 'ApprovedAnnotation', message: `approved in ${annotation}` };
}

export const customResourceCleanup: Controller = {
  name: 'crd-finalizer',
  watches: [{ kind: KIND, keys: ({ key, after }) => (after?.metadata.deletionTimestamp ? [key] : []) }],
  reconcile(key, ctx) {
    const definition = ctx.api.getByKey<CustomResourceDefinition>(key);
    if (!definition?.metadata.deletionTimestamp || !definition.metadata.finalizers?.includes(CLEANUP_FINALIZER)) return;
    write(definition, [IN_PROGRESS], ctx);
    if (hasCondition(definition, 'Established')) for (const object of objectsOf(definition, ctx)) remove(object, ctx);
    const left = ctx.api.getByKey<CustomResourceDefinition>(key);
    if (!left || objectsOf(definition, ctx).length > 0) return { requeueAfterMs: RECHECK_MS };
    write(left, [COMPLETED], ctx);
    const emptied = ctx.api.getByKey<CustomResourceDefinition>(key) ?? left;
    const finalizers = emptied.metadata.finalizers?.filter((each) => each !== CLEANUP_FINALIZER) ?? [];
    ctx.api.update({ ...emptied, metadata: { ...emptied.metadata, finalizers } }, { trusted: true });
  },
};

const IN_PROGRESS: Wanted = {
  type: 'Terminating',
  status: 'True',
  reason: 'InstanceDeletionInProgress',
  message: 'CustomResource deletion is in progress',
};
const COMPLETED: Wanted = { type: 'Terminating', status: 'False', reason: 'InstanceDeletionCompleted', message: 'removed all instances' };

function objectsOf({ spec, status }: CustomResourceDefinition, { api }: ControllerContext): KubeObject[] {
  const [version] = spec.versions;
  if (!status.acceptedNames || !version) return [];
  return api.list<KubeObject>(tableOf({ apiVersion: `${spec.group}/${version.name}`, kind: status.acceptedNames.kind }));
}

function remove(object: KubeObject, { api }: ControllerContext): void {
  const { namespace, name, deletionTimestamp } = object.metadata;
  if (deletionTimestamp === undefined) api.delete(tableOf(object), namespace, name, {});
}

function isSaid({ status }: CustomResourceDefinition, { type, ...wanted }: Wanted): boolean {
  const said = conditionOf(status.conditions, type);
  return said?.status === wanted.status && said.reason === wanted.reason && said.message === wanted.message;
}

function write(
  definition: CustomResourceDefinition,
  wanted: readonly Wanted[],
  ctx: ControllerContext,
  more: Partial<CustomResourceDefinition['status']> = {},
): void {
  const conditions = [...(definition.status.conditions ?? [])];
  for (const one of wanted) {
    const at = conditions.findIndex(({ type }) => type === one.type);
    const old = conditions[at];
    const lastTransitionTime = old?.status === one.status && old.lastTransitionTime ? old.lastTransitionTime : toTimestamp(ctx.nowMs);
    conditions[at < 0 ? conditions.length : at] = { ...one, lastTransitionTime };
  }
  ctx.api.updateStatus<CustomResourceDefinition>({ ...definition, status: { ...definition.status, ...more, conditions } });
}
