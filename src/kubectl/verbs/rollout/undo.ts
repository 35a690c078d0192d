// kubectl rollout undo: the template of an earlier revision again.
// Models kubectl/pkg/cmd/rollout/rollout_undo.go and polymorphichelpers/rollback.go.
import { isEqual } from '../../../base/equal.ts';
import { ApiError } from '../../../kube/errors.ts';
import { groupOf } from '../../../kube/kind.ts';
import type { Deployment } from '../../../kube/kinds/deployment.ts';
import type { PodTemplateSpec } from '../../../kube/kinds/pod.ts';
import type { ReplicaSet } from '../../../kube/kinds/replicaSet.ts';
import { controllerOf, type KubeObject, type Snapshot, tableOf } from '../../../kube/meta.ts';
import { applyPatch } from '../../../kube/patch.ts';
import { describePodTemplate } from '../../describe/containers.ts';
import { Page } from '../../describe/page.ts';
import { replicaSetsOf } from '../../describe/workloads.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { isWithFiles } from '../../files.ts';
import { findResources, type Target } from '../../resources.ts';
import type { Verb, VerbContext } from '../../verb.ts';
import { type DryRun, dryRunOf, LAST_APPLIED, reporterOf, sendPatch } from '../../writing.ts';
import { changeFlags } from './change.ts';

export const undo: Verb = {
  name: 'undo',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  summary: 'Undo a previous rollout',
  examples: [
    { why: 'Back to the revision before', line: 'kubectl rollout undo deployment/web' },
    { why: 'Back to a certain one', line: 'kubectl rollout undo deployment/web --to-revision=2' },
  ],
  flags: [...changeFlags, { name: 'to-revision', type: 'int', default: '0', help: 'The revision to go back to; 0 for the one before.' }],

  *run(args, ctx) {
    if (args.words.length === 0 && !isWithFiles(args)) throw new CommandError('required resource not specified');
    const dryRun = dryRunOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { isListAllowed: true });
    const errors: Error[] = [...missing];
    for (const target of targets) {
      const { kind, name, object } = target;
      if (object.metadata.annotations?.[LAST_APPLIED] !== undefined) {
        yield {
          type: 'stderr',
          text: `Warning: resource ${kind.plural}/${name} was previously managed with 'kubectl apply'. ${NOT_UPDATED}\n`,
        };
      }
      try {
        yield report(object, rollBack(target, args.number('to-revision'), ctx, dryRun));
      } catch (error) {
        if (!(error instanceof ApiError) && !(error instanceof CommandError)) throw error;
        errors.push(error);
      }
    }
    throwAll(errors);
    return 0;
  },
};

const NOT_UPDATED = `Rolling back will not update the ${LAST_APPLIED} annotation, which may cause unexpected behavior on future 'kubectl apply' operations. Consider using 'kubectl apply' with your previous configuration file instead.`;

/** Rolls one object back and says how it went. */
function rollBack(target: Target, revision: number, ctx: VerbContext, dryRun: DryRun): string {
  if (revision < 0) throw revisionNotFound(revision);
  switch (tableOf(target.kind)) {
    case 'Deployment':
      return rollBackDeployment(target, revision, ctx, dryRun);
    case 'DaemonSet':
    case 'StatefulSet':
      return rollBackByHistory(target, revision, ctx, dryRun);
    default: {
      const group = groupOf(target.kind.apiVersion);
      throw new CommandError(`no rollbacker has been implemented for "${target.kind.kind}${group ? `.${group}` : ''}"`);
    }
  }
}

const revisionNotFound = (revision: number): CommandError => new CommandError(`unable to find specified revision ${revision} in history`);

// Deployments: the old ReplicaSets are the history. ----------------------------------------------------------------------

const HASH = 'pod-template-hash';

function rollBackDeployment(target: Target, revision: number, ctx: VerbContext, dryRun: DryRun): string {
  const deployment = target.object as Deployment;
  const set = setOfRevision(deployment, revision, ctx.client.snapshot());
  const template = withoutHash(set.spec.template);
  if (dryRun === 'client') return templateText(set.spec.template);
  if (deployment.spec.paused) {
    throw new CommandError("you cannot rollback a paused deployment; resume it first with 'kubectl rollout resume' and try again");
  }
  if (isEqual(template, withoutHash(deployment.spec.template))) return skipped(revision);
  const patch = [
    { op: 'replace', path: '/spec/template', value: template },
    { op: 'replace', path: '/metadata/annotations', value: annotationsFor(deployment, set) },
  ];
  try {
    sendPatch(target, patch, 'json', ctx, dryRun);
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(`failed restoring revision ${revision}: ${error.message}`) : error;
  }
  return 'rolled back';
}

const skipped = (revision: number): string => `skipped rollback (current template already matches revision ${revision})`;

const revisionOf = ({ metadata }: KubeObject): number => Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);

function setOfRevision(deployment: Deployment, wanted: number, snapshot: Snapshot): ReplicaSet {
  const { newSet, oldSets } = replicaSetsOf(deployment, { snapshot });
  const sets = [...oldSets, ...(newSet ? [newSet] : [])].sort((a, b) => revisionOf(b) - revisionOf(a));
  if (wanted > 0) {
    const found = sets.find((set) => revisionOf(set) === wanted);
    if (!found) throw revisionNotFound(wanted);
    return found;
  }
  const [, previous] = sets;
  if (!previous) throw new CommandError(`no rollout history found for deployment ${JSON.stringify(deployment.metadata.name)}`);
  return previous;
}

function withoutHash(template: PodTemplateSpec): PodTemplateSpec {
  const { [HASH]: _hash, ...labels } = template.metadata?.labels ?? {};
  return { ...template, metadata: { ...template.metadata, labels } };
}

/** Annotations that belong to the Deployment itself; the others come with the revision. */
const KEPT = [
  LAST_APPLIED,
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/revision-history',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.deployment.rollback.to',
];

function annotationsFor(deployment: Deployment, set: ReplicaSet): Record<string, string> {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => KEPT.includes(key));
  const theirs = Object.entries(set.metadata.annotations ?? {}).filter(([key]) => !KEPT.includes(key));
  return Object.fromEntries([...own, ...theirs]);
}

function templateText(template: PodTemplateSpec): string {
  const page = new Page();
  describePodTemplate(template, page);
  return page.raw;
}

// DaemonSets and StatefulSets: ControllerRevisions hold patches. ----------------------------------------------------------

interface ControllerRevision extends KubeObject {
  readonly revision: number;
  readonly data?: unknown;
}

function rollBackByHistory(target: Target, revision: number, ctx: VerbContext, dryRun: DryRun): string {
  const history = (ctx.client.snapshot().list('ControllerRevision') as readonly ControllerRevision[])
    .filter((each) => controllerOf(each)?.uid === target.object.metadata.uid)
    .sort((a, b) => a.revision - b.revision);
  if (revision === 0 && history.length <= 1) throw new CommandError('no last revision to roll back to');
  const wanted = revision === 0 ? history.at(-2) : history.find((each) => each.revision === revision);
  if (!wanted) throw revisionNotFound(revision);
  const restored = applyPatch(target.object, wanted.data, 'strategic');
  if (dryRun === 'client') return templateText((restored.spec as { readonly template: PodTemplateSpec }).template);
  if (isEqual(restored.spec, target.object.spec)) return skipped(revision);
  try {
    sendPatch(target, wanted.data, 'strategic', ctx, dryRun);
  } catch (error) {
    throw error instanceof ApiError ? new CommandError(`failed restoring revision ${revision}: ${error.message}`) : error;
  }
  return 'rolled back';
}
