// Empties a namespace that is being deleted, pods first, and lets go of it when nothing is left.
// Models pkg/controller/namespace/deletion/namespaced_resources_deleter.go (with OrderedNamespaceDeletion).
import { isEqual } from '../../base/equal.ts';
import { ApiError } from '../../kube/errors.ts';
import { groupOf } from '../../kube/kind.ts';
import type { Namespace } from '../../kube/kinds/event.ts';
import { isPodTerminal, type Pod } from '../../kube/kinds/pod.ts';
import { type Condition, conditionOf, type KubeObject, tableOf, toTimestamp } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';

/** Lets the other controllers and kubectl see that the end is near before it begins. */
const GRACE_MS = 5000;
/** How long it takes, for all we know, until somebody removes a finalizer. */
const FINALIZER_SECONDS = 15;

export const namespace: Controller = {
  name: 'namespace-controller',
  watches: [
    {
      kind: 'Namespace',
      keys({ key, after }, ctx) {
        if (after?.metadata.deletionTimestamp !== undefined) ctx.enqueueAfter(key, GRACE_MS);
        return [];
      },
    },
  ],
  reconcile(key, ctx) {
    const found = ctx.api.getByKey<Namespace>(key);
    if (found?.metadata.deletionTimestamp === undefined) return;
    const { name } = found.metadata;
    const waitSeconds = waitForPods(name, ctx) ?? waitForRest(name, ctx);
    const left = contentOf(name, ctx);
    if (left.length === 0) return ctx.api.finalize({ ...found, spec: { ...found.spec, finalizers: [] } });
    const conditions = conditionsFor(found, left, ctx);
    if (!isEqual(conditions, found.status.conditions))
      ctx.api.updateStatus<Namespace>({ ...found, status: { ...found.status, conditions } });
    return { requeueAfterMs: (Math.floor(waitSeconds / 2) + 1) * 1000 };
  },
};

/** Deletes the pods. Returns how many seconds they may take, or undefined when there are none any more. */
function waitForPods(name: string, ctx: ControllerContext): number | undefined {
  for (const pod of ctx.api.list<Pod>('Pod', name)) remove(pod, ctx);
  const left = ctx.api.list<Pod>('Pod', name);
  if (left.length === 0) return undefined;
  const graces = left.filter((pod) => !isPodTerminal(pod)).map(({ spec }) => spec.terminationGracePeriodSeconds ?? 30);
  const isHeld = left.some(({ metadata }) => (metadata.finalizers ?? []).length > 0);
  return Math.max(0, isHeld ? FINALIZER_SECONDS : 0, ...graces);
}

function waitForRest(name: string, ctx: ControllerContext): number {
  for (const object of contentOf(name, ctx)) remove(object, ctx);
  return FINALIZER_SECONDS;
}

function remove(object: KubeObject, ctx: ControllerContext): void {
  const { metadata } = object;
  if (metadata.deletionTimestamp !== undefined) return;
  try {
    ctx.api.delete(tableOf(object), metadata.namespace, metadata.name, { propagationPolicy: 'Background' });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'NotFound') throw error;
  }
}

/** What is still there. Events of the end itself are none of the content. */
function contentOf(name: string, ctx: ControllerContext): KubeObject[] {
  return ctx.api.kinds.kept.flatMap((kind) => (kind.namespaced ? ctx.api.list<KubeObject>(tableOf(kind), name) : []));
}

function conditionsFor({ status }: Namespace, left: readonly KubeObject[], { api, nowMs }: ControllerContext): readonly Condition[] {
  const pluralOf = (object: KubeObject) => api.kinds.find(tableOf(object))?.plural ?? object.kind;
  const resources = counted(left.map((object) => `${pluralOf(object)}.${groupOf(object.apiVersion)}`));
  const finalizers = counted(left.flatMap(({ metadata }) => metadata.finalizers ?? []));
  const wanted: Condition[] = [
    condition('NamespaceDeletionDiscoveryFailure', 'False', 'ResourcesDiscovered', 'All resources successfully discovered'),
    condition('NamespaceDeletionGroupVersionParsingFailure', 'False', 'ParsedGroupVersions', 'All legacy kube types successfully parsed'),
    condition(
      'NamespaceDeletionContentFailure',
      'False',
      'ContentDeleted',
      'All content successfully deleted, may be waiting on finalization',
    ),
    resources.length > 0
      ? condition('NamespaceContentRemaining', 'True', 'SomeResourcesRemain', `Some resources are remaining: ${has(resources)}`)
      : condition('NamespaceContentRemaining', 'False', 'ContentRemoved', 'All content successfully removed'),
    finalizers.length > 0
      ? condition(
          'NamespaceFinalizersRemaining',
          'True',
          'SomeFinalizersRemain',
          `Some content in the namespace has finalizers remaining: ${inThem(finalizers)}`,
        )
      : condition('NamespaceFinalizersRemaining', 'False', 'ContentHasNoFinalizers', 'All content-preserving finalizers finished'),
  ];
  return wanted.map((one) => {
    const old = conditionOf(status.conditions, one.type);
    const isSame = old?.status === one.status && old.reason === one.reason && old.message === one.message;
    if (old && isSame) return old;
    const lastTransitionTime = old?.status === one.status && old.lastTransitionTime ? old.lastTransitionTime : toTimestamp(nowMs);
    return { ...one, lastTransitionTime };
  });
}

function condition(type: string, status: 'True' | 'False', reason: string, message: string): Condition {
  return { type, status, reason, message };
}

type Counts = readonly (readonly [string, number])[];

function counted(names: readonly string[]): Counts {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}

const has = (counts: Counts) => counts.map(([name, count]) => `${name} has ${count} resource instances`).join(', ');
const inThem = (counts: Counts) => counts.map(([name, count]) => `${name} in ${count} resource instances`).join(', ');
