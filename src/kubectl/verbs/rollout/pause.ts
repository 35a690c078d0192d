// kubectl rollout pause, resume and restart.
// Models kubectl/pkg/polymorphichelpers/{objectpauser,objectresumer,objectrestarter}.go.
import type { Deployment } from '../../../kube/kinds/deployment.ts';
import { tableOf, toTimestamp } from '../../../kube/meta.ts';
import type { Target } from '../../resources.ts';
import type { Verb } from '../../verb.ts';
import { changeFlags, changeRollouts } from './change.ts';

const isDeployment = ({ kind }: Target): boolean => tableOf(kind) === 'Deployment';
const isPaused = ({ object }: Target): boolean => (object as Deployment).spec.paused ?? false;

export const pause: Verb = {
  name: 'pause',
  usage: 'RESOURCE',
  summary: 'Mark the provided resource as paused',
  examples: [{ why: 'Change several things before they roll out', line: 'kubectl rollout pause deployment/web' }],
  flags: changeFlags,
  run: (args, ctx) =>
    changeRollouts(
      {
        doing: 'pausing',
        operation: 'paused',
        isSupported: isDeployment,
        obstacle: (target) => (isPaused(target) ? 'is already paused' : undefined),
        patch: () => ({ spec: { paused: true } }),
      },
      args,
      ctx,
    ),
};

export const resume: Verb = {
  name: 'resume',
  usage: 'RESOURCE',
  summary: 'Resume a paused resource',
  examples: [{ why: 'Let the changes roll out', line: 'kubectl rollout resume deployment/web' }],
  flags: changeFlags,
  run: (args, ctx) =>
    changeRollouts(
      {
        doing: 'resuming',
        operation: 'resumed',
        isSupported: isDeployment,
        obstacle: (target) => (isPaused(target) ? undefined : 'is not paused'),
        patch: () => ({ spec: { paused: null } }),
      },
      args,
      ctx,
    ),
};

const RESTARTED_AT = 'kubectl.kubernetes.io/restartedAt';

export const restart: Verb = {
  name: 'restart',
  usage: 'RESOURCE',
  summary: 'Restart a resource',
  examples: [{ why: 'Replace all pods by new ones of the same template', line: 'kubectl rollout restart deployment/web' }],
  flags: changeFlags,
  run: (args, ctx) =>
    changeRollouts(
      {
        doing: 'restarting',
        operation: 'restarted',
        isSupported: ({ kind }) => ['Deployment', 'DaemonSet', 'StatefulSet'].includes(tableOf(kind)),
        obstacle: (target) =>
          isDeployment(target) && isPaused(target) ? "can't restart paused deployment (run rollout resume first)" : undefined,
        patch: () => ({ spec: { template: { metadata: { annotations: { [RESTARTED_AT]: toTimestamp(ctx.client.nowMs) } } } } }),
      },
      args,
      ctx,
    ),
};
