// kubectl rollout status: says how far a rollout is, each time its object changes, until it is done.
// Models kubectl/pkg/cmd/rollout/rollout_status.go and polymorphichelpers/rollout_status.go.
import { isEqual } from '../../../base/equal.ts';
import { qualifiedKind } from '../../../kube/kind.ts';
import type { Deployment } from '../../../kube/kinds/deployment.ts';
import { conditionOf, type KubeObject, keyOf, tableOf } from '../../../kube/meta.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { findResources } from '../../resources.ts';
import { filenameFlag, selectorFlag, type Verb } from '../../verb.ts';

export const status: Verb = {
  name: 'status',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  summary: 'Show the status of the rollout',
  examples: [{ why: 'Wait until a deployment is rolled out', line: 'kubectl rollout status deployment/web' }],
  flags: [
    filenameFlag,
    selectorFlag,
    { name: 'watch', short: 'w', type: 'bool', default: 'true', help: 'Go on until the rollout is done.' },
    { name: 'timeout', type: 'duration', default: '0s', help: 'How long to wait; zero means for ever.' },
    { name: 'revision', type: 'int', default: '0', help: 'Only the rollout of this revision; 0 is the last one.' },
  ],

  *run(args, ctx) {
    if (args.words.length === 0 && !args.has('filename')) throw new CommandError('required resource not specified');
    if (args.number('revision') < 0) throw new CommandError(`revision must be a positive integer: ${args.number('revision')}`);
    const { targets, errors } = findResources(args, ctx, { isListAllowed: true });
    throwAll(errors);
    const [target] = targets;
    if (!target || targets.length > 1) {
      throw new CommandError(
        `rollout status is only supported on individual resources and resource collections - ${targets.length} resources were found`,
      );
    }
    const view = viewers[tableOf(target.kind)];
    if (!view) throw new CommandError(`no status viewer has been implemented for ${qualifiedKind(target.kind)}`);
    const untilMs = args.durationMs('timeout') > 0 ? ctx.client.nowMs + args.durationMs('timeout') : undefined;
    const key = keyOf(target.object);
    let object: KubeObject | undefined = target.object;
    for (;;) {
      const { text, isDone } = view(object, args.number('revision'));
      yield { type: 'stdout', text: `${text}\n` };
      if (isDone || !args.isOn('watch')) return 0;
      const before: KubeObject = object;
      while (object === before || isEqual(object, before)) {
        if (untilMs !== undefined && ctx.client.nowMs >= untilMs) throw new CommandError('timed out waiting for the condition');
        yield { type: 'wait', ...(untilMs === undefined ? {} : { untilMs }) };
        object = ctx.client.snapshot().get(tableOf(target.kind), key);
        if (!object || object.metadata.uid !== before.metadata.uid) throw new CommandError('object has been deleted');
      }
    }
  },
};

interface View {
  readonly text: string;
  readonly isDone: boolean;
}

const waiting = (text: string): View => ({ text, isDone: false });
const done = (text: string): View => ({ text, isDone: true });

const viewers: Readonly<Record<string, (object: KubeObject, revision: number) => View>> = {
  Deployment: (object, revision) => viewDeployment(object as Deployment, revision),
  DaemonSet: (object) => viewDaemonSet(object as DaemonSet),
  StatefulSet: (object) => viewStatefulSet(object as StatefulSet),
};

function viewDeployment({ metadata, spec, status }: Deployment, revision: number): View {
  const running = Number(metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  if (revision > 0 && revision !== running) {
    throw new CommandError(`desired revision (${revision}) is different from the running revision (${running})`);
  }
  if ((metadata.generation ?? 0) > (status.observedGeneration ?? 0)) return waiting('Waiting for deployment spec update to be observed...');
  if (conditionOf(status.conditions, 'Progressing')?.reason === 'ProgressDeadlineExceeded') {
    throw new CommandError(`deployment "${metadata.name}" exceeded its progress deadline`);
  }
  const { updatedReplicas: updated = 0, replicas = 0, availableReplicas: available = 0 } = status;
  const start = `Waiting for deployment "${metadata.name}" rollout to finish:`;
  if (updated < spec.replicas) return waiting(`${start} ${updated} out of ${spec.replicas} new replicas have been updated...`);
  if (replicas > updated) return waiting(`${start} ${replicas - updated} old replicas are pending termination...`);
  if (available < updated) return waiting(`${start} ${available} of ${updated} updated replicas are available...`);
  return done(`deployment "${metadata.name}" successfully rolled out`);
}

interface DaemonSet extends KubeObject {
  readonly spec: { readonly updateStrategy?: { readonly type?: string } };
  readonly status: {
    readonly observedGeneration?: number;
    readonly updatedNumberScheduled?: number;
    readonly desiredNumberScheduled?: number;
    readonly numberAvailable?: number;
  };
}

const ONLY_ROLLING = 'rollout status is only available for RollingUpdate strategy type';

function viewDaemonSet({ metadata, spec, status }: DaemonSet): View {
  if (spec.updateStrategy?.type !== 'RollingUpdate') throw new CommandError(ONLY_ROLLING);
  if ((metadata.generation ?? 0) > (status?.observedGeneration ?? 0))
    return waiting('Waiting for daemon set spec update to be observed...');
  const { updatedNumberScheduled: updated = 0, desiredNumberScheduled: desired = 0, numberAvailable: available = 0 } = status;
  const start = `Waiting for daemon set "${metadata.name}" rollout to finish:`;
  if (updated < desired) return waiting(`${start} ${updated} out of ${desired} new pods have been updated...`);
  if (available < desired) return waiting(`${start} ${available} of ${desired} updated pods are available...`);
  return done(`daemon set "${metadata.name}" successfully rolled out`);
}

interface StatefulSet extends KubeObject {
  readonly spec: {
    readonly replicas?: number;
    readonly updateStrategy?: { readonly type?: string; readonly rollingUpdate?: { readonly partition?: number } };
  };
  readonly status: {
    readonly observedGeneration?: number;
    readonly readyReplicas?: number;
    readonly updatedReplicas?: number;
    readonly currentReplicas?: number;
    readonly updateRevision?: string;
    readonly currentRevision?: string;
  };
}

function viewStatefulSet({ metadata, spec, status }: StatefulSet): View {
  if (spec.updateStrategy?.type !== 'RollingUpdate') throw new CommandError(ONLY_ROLLING);
  const observed = status?.observedGeneration ?? 0;
  if (observed === 0 || (metadata.generation ?? 0) > observed) return waiting('Waiting for statefulset spec update to be observed...');
  const { readyReplicas: ready = 0, updatedReplicas: updated = 0, currentReplicas: current = 0 } = status;
  const replicas = spec.replicas ?? 1;
  if (ready < replicas) return waiting(`Waiting for ${replicas - ready} pods to be ready...`);
  const { rollingUpdate } = spec.updateStrategy;
  if (rollingUpdate) {
    const wanted = replicas - (rollingUpdate.partition ?? 0);
    if (rollingUpdate.partition !== undefined && updated < wanted) {
      return waiting(`Waiting for partitioned roll out to finish: ${updated} out of ${wanted} new pods have been updated...`);
    }
    return done(`partitioned roll out complete: ${updated} new pods have been updated...`);
  }
  if (status.updateRevision !== status.currentRevision) {
    return waiting(`waiting for statefulset rolling update to complete ${updated} pods at revision ${status.updateRevision}...`);
  }
  return done(`statefulset rolling update complete ${current} pods at revision ${status.currentRevision}...`);
}
