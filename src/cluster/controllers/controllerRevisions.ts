// The history of a template, kept in ControllerRevisions: finding or making the revision of today's template, and forgetting old ones.
// Models pkg/controller/history/controller_history.go. Shared by StatefulSet and DaemonSet.
import { isEqual } from '../../base/equal.ts';
import { ApiError } from '../../kube/errors.ts';
import type { PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { ControllerRevision } from '../../kube/kinds/statefulSet.ts';
import { compileSelector } from '../../kube/labels.ts';
import { controllerRefTo, type KubeObject, type LabelSelector } from '../../kube/meta.ts';
import type { ControllerContext } from '../controller.ts';
import { claim } from './podControl.ts';
import { revisionHash, templateHash } from './templateHash.ts';

export interface RevisionOwner extends KubeObject {
  readonly spec: { readonly selector: LabelSelector; readonly template: PodTemplateSpec; readonly revisionHistoryLimit?: number };
  readonly status: { readonly collisionCount?: number };
}

const HISTORY_LIMIT = 10;

/** The revisions of `owner`, oldest first. */
export function revisionsOf(owner: RevisionOwner, ctx: ControllerContext): ControllerRevision[] {
  const revisions = claim<ControllerRevision>('ControllerRevision', owner, compileSelector(owner.spec.selector), ctx);
  return revisions.sort((a, b) => a.revision - b.revision || (a.metadata.name < b.metadata.name ? -1 : 1));
}

/** The revision of today's template: the last one, an old one that comes back with a new number, or a new one. */
export function revisionOfToday(
  owner: RevisionOwner,
  revisions: readonly ControllerRevision[],
  hashLabel: string,
  ctx: ControllerContext,
): ControllerRevision {
  const data = dataOf(owner);
  const next = (revisions.at(-1)?.revision ?? 0) + 1;
  const known = revisions.filter((revision) => isEqual(revision.data, data)).at(-1);
  if (!known) return createRevision(owner, data, next, hashLabel, ctx);
  if (known === revisions.at(-1)) return known;
  return ctx.api.update<ControllerRevision>({ ...known, revision: next });
}

/** The template that a revision remembers. */
export function templateOf({ data }: ControllerRevision): PodTemplateSpec {
  const { $patch: _patch, ...template } = data.spec.template;
  return template;
}

/** Forgets the oldest revisions beyond the limit; those in use neither count nor go. */
export function truncateHistory(
  owner: RevisionOwner,
  revisions: readonly ControllerRevision[],
  used: ReadonlySet<string>,
  ctx: ControllerContext,
): void {
  const idle = revisions.filter(({ metadata }) => !used.has(metadata.name));
  const excess = idle.length - (owner.spec.revisionHistoryLimit ?? HISTORY_LIMIT);
  for (const { metadata } of idle.slice(0, Math.max(0, excess))) ctx.api.delete('ControllerRevision', metadata.namespace, metadata.name);
}

function dataOf({ spec }: RevisionOwner): ControllerRevision['data'] {
  return { spec: { template: { $patch: 'replace', ...spec.template } } };
}

function createRevision(
  owner: RevisionOwner,
  data: ControllerRevision['data'],
  revision: number,
  hashLabel: string,
  ctx: ControllerContext,
): ControllerRevision {
  const { metadata, spec, status } = owner;
  // A DaemonSet's revisions are named as a Deployment's ReplicaSets are.
  const isDaemonSet = owner.kind === 'DaemonSet';
  const hash = isDaemonSet ? templateHash(spec.template, status.collisionCount) : revisionHash(data, status.collisionCount);
  const fresh: ControllerRevision = {
    apiVersion: 'apps/v1',
    kind: 'ControllerRevision',
    metadata: {
      name: `${metadata.name}-${hash}`,
      ...(metadata.namespace === undefined ? {} : { namespace: metadata.namespace }),
      labels: { ...spec.template.metadata?.labels, [hashLabel]: hash },
      ...(metadata.annotations ? { annotations: metadata.annotations } : {}),
      ownerReferences: [controllerRefTo(owner)],
    },
    data,
    revision,
  };
  try {
    return ctx.api.create(fresh, { trusted: true });
  } catch (error) {
    if (!(error instanceof ApiError) || error.reason !== 'AlreadyExists') throw error;
    // Left by a predecessor of the same name: it will do until it is collected.
    const left = ctx.api.get<ControllerRevision>('ControllerRevision', metadata.namespace, fresh.metadata.name);
    if (left && isEqual(left.data, data)) return left;
    // Another template has the same hash: count the collision and come back.
    const collisionCount = (status.collisionCount ?? 0) + 1;
    ctx.api.updateStatus({ ...owner, status: { ...status, collisionCount } });
    throw error;
  }
}
