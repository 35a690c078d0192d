// kubectl autoscale: a HorizontalPodAutoscaler for what can be scaled.
// Models kubectl/pkg/cmd/autoscale/autoscale.go.
import { qualifiedKind } from '../../kube/kind.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { CommandError, throwAll } from '../errors.ts';
import { fileFlags } from '../files.ts';
import { sendGenerated } from '../generators/generator.ts';
import type { ParsedArgs } from '../parse.ts';
import { requireFlags } from '../requireFlags.ts';
import { findResources, type Target } from '../resources.ts';
import { selectorFlag, type Verb } from '../verb.ts';
import { attempt, reporterOf, saveConfigFlag, writingFlags } from '../writing.ts';

export const autoscale: Verb = {
  name: 'autoscale',
  usage: '(-f FILENAME | TYPE NAME | TYPE/NAME) [--min=MINPODS] --max=MAXPODS [--cpu=CPU] [--memory=MEMORY] [flags]',
  summary: 'Auto-scale a deployment, replica set, stateful set, or replication controller',
  examples: [{ why: 'Between two and five pods', line: 'kubectl autoscale deployment web --min=2 --max=5 --cpu=50%' }],
  flags: [
    ...fileFlags,
    selectorFlag,
    { name: 'min', type: 'int', default: '-1', help: 'The smallest number of pods.' },
    { name: 'max', type: 'int', default: '-1', help: 'The largest number of pods.' },
    { name: 'cpu', type: 'string', help: 'The wanted use of CPU: 50% of the request, or a quantity.' },
    { name: 'memory', type: 'string', help: 'The wanted use of memory: 60% of the request, or a quantity.' },
    { name: 'cpu-percent', type: 'int', default: '-1', help: 'Deprecated: use --cpu.' },
    { name: 'name', type: 'string', help: 'The name of the autoscaler; the object’s if left out.' },
    ...writingFlags,
    saveConfigFlag,
  ],

  *run(args, ctx) {
    requireFlags(args, ['max']);
    const [min, max] = [args.number('min'), args.number('max')];
    if (max < 1) throw new CommandError(`--max=MAXPODS is required and must be at least 1, max: ${max}`);
    if (max < min) throw new CommandError(`--max=MAXPODS must be larger or equal to --min=MINPODS, max: ${max}, min: ${min}`);
    const { targets, errors: missing } = findResources(args, ctx);
    const errors: Error[] = [...missing];
    const report = reporterOf(args);
    for (const target of targets) {
      const scaled = attempt(errors, () => sendGenerated(autoscalerFor(target, args), args, ctx));
      if (scaled) yield report(scaled, 'autoscaled');
    }
    throwAll(errors);
    if (targets.length === 0) throw new CommandError('no objects passed to autoscale');
    return 0;
  },
};

const SCALABLE = ['Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'];

function autoscalerFor(target: Target, args: ParsedArgs): KubeObject {
  const { kind, name } = target;
  if (!SCALABLE.includes(tableOf(kind))) throw new CommandError(`cannot autoscale a ${qualifiedKind(kind)}`);
  const percent = args.number('cpu-percent');
  const cpu = args.text('cpu') || (percent >= 0 ? `${percent}%` : '');
  const metrics = [...metricOf('cpu', cpu), ...metricOf('memory', args.text('memory'))];
  const min = args.number('min');
  const spec = {
    maxReplicas: args.number('max'),
    ...(metrics.length > 0 ? { metrics } : {}),
    ...(min > 0 ? { minReplicas: min } : {}),
    scaleTargetRef: { apiVersion: kind.apiVersion, kind: kind.kind, name },
  };
  const status = { currentMetrics: null, desiredReplicas: 0 };
  return { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: args.text('name') || name }, spec, status };
}

function metricOf(name: string, text: string): readonly unknown[] {
  if (!text) return [];
  const percent = /^(\d+)%$/.exec(text)?.[1];
  const target = percent ? { averageUtilization: Number(percent), type: 'Utilization' } : { averageValue: text, type: 'AverageValue' };
  return [{ resource: { name, target }, type: 'Resource' }];
}
