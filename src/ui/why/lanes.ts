// One decision of the scheduler as lanes, a lane a node: which gate stopped it and why in words, or its points; and what would be if the
// pod asked for more cpu. Read from the world as the scheduler saw it.
import type { Decision, NodeVerdict } from '../../cluster/scheduler/decisions.ts';
import type { WhyMessages } from '../../i18n/language.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { type Key, keyFor, type Snapshot } from '../../kube/meta.ts';
import { amountsOf, takenBy } from '../../scene/amounts.ts';

type WhyWords = WhyMessages['why'];

/** The gates a node passes, in their order, each with the plugins that stand at it. */
export const GATES = [
  { id: 'open', plugins: ['NodeUnschedulable', 'NodeName'] },
  { id: 'taints', plugins: ['TaintToleration'] },
  { id: 'labels', plugins: ['NodeAffinity'] },
  { id: 'resources', plugins: ['NodePorts', 'NodeResourcesFit'] },
  { id: 'volumes', plugins: ['VolumeRestrictions', 'NodeVolumeLimits', 'VolumeBinding', 'VolumeZone'] },
  { id: 'neighbours', plugins: ['PodTopologySpread', 'InterPodAffinity'] },
] as const;

export interface Lane {
  readonly verdict: NodeVerdict;
  readonly node: Node | undefined;
  /** Thousandths of a CPU that no other pod has asked for. */
  readonly freeMilli: number;
  /** The gate that stopped it; as many as there are gates where none did. */
  readonly stoppedAt: number;
  readonly pods: readonly Pod[];
}

/** The winner first, then by points, then those that got far. */
export function lanesOf(decision: Decision, snapshot: Snapshot): readonly Lane[] {
  const byNode = new Map<string, Pod[]>();
  for (const pod of snapshot.list('Pod') as readonly Pod[]) {
    const isCounted = pod.status.phase !== 'Succeeded' && pod.status.phase !== 'Failed' && keyOfPod(pod) !== decision.podKey;
    if (!pod.spec.nodeName || !isCounted) continue;
    const list = byNode.get(pod.spec.nodeName);
    if (list) list.push(pod);
    else byNode.set(pod.spec.nodeName, [pod]);
  }
  const lanes = decision.verdicts.map((verdict): Lane => {
    const node = snapshot.get('Node', keyFor('Node', undefined, verdict.nodeName)) as Node | undefined;
    const pods = byNode.get(verdict.nodeName) ?? [];
    const used = pods.reduce((sum, pod) => sum + takenBy(pod).cpu, 0);
    const freeMilli = Math.round((amountsOf(node?.status?.allocatable).cpu - used) * 1000);
    const stop = GATES.findIndex(({ plugins }) => (plugins as readonly string[]).includes(verdict.rejectedBy?.plugin ?? ''));
    return { verdict, node, freeMilli, pods, stoppedAt: verdict.rejectedBy ? Math.max(0, stop) : GATES.length };
  });
  const rank = ({ verdict, stoppedAt }: Lane) =>
    (verdict.nodeName === decision.nodeName ? 1e9 : 0) + (verdict.total ?? 0) + (stoppedAt - GATES.length) * 1e5;
  return lanes.sort((a, b) => rank(b) - rank(a));
}

function keyOfPod({ metadata }: Pod): Key {
  return keyFor('Pod', metadata.namespace, metadata.name);
}

/** What stopped a node, in words of its own where the numbers are known; else in Kubernetes' words. */
export function stopWords({ verdict, node, freeMilli }: Lane, pod: Pod, words: WhyWords): string {
  const { plugin = '', reason = '' } = verdict.rejectedBy ?? {};
  if (plugin === 'NodeUnschedulable') return words.isCordoned;
  if (plugin === 'NodeResourcesFit' && reason.includes('Insufficient cpu'))
    return words.lacksCpu(milli(Math.round(takenBy(pod).cpu * 1000)), milli(Math.max(0, freeMilli)));
  if (plugin === 'TaintToleration') {
    const taint = node?.spec.taints?.find(
      ({ key, effect }) => effect !== 'PreferNoSchedule' && !pod.spec.tolerations?.some((one) => one.key === key),
    );
    if (taint) return words.untolerated(`${taint.key.replace(/^node\.kubernetes\.io\//, '')}:${taint.effect}`);
  }
  return reason;
}

export function milli(value: number): string {
  return value >= 1000 && value % 1000 === 0 ? String(value / 1000) : `${value}m`;
}

/** The plugins whose points told nodes apart, and what the rest gave to each alike. */
export function toldApart(lanes: readonly Lane[]): { readonly told: readonly string[]; readonly equal: number } {
  const scored = lanes.filter(({ verdict }) => verdict.scores);
  const all = [...new Set(scored.flatMap(({ verdict }) => Object.keys(verdict.scores ?? {})))];
  const told = all.filter((plugin) => new Set(scored.map(({ verdict }) => verdict.scores?.[plugin] ?? 0)).size > 1);
  const [first] = scored;
  const equal = all.filter((plugin) => !told.includes(plugin)).reduce((sum, plugin) => sum + (first?.verdict.scores?.[plugin] ?? 0), 0);
  return { told, equal };
}

/** The plugin that gave the winner most over the second. */
export function decisive(lanes: readonly Lane[], told: readonly string[]): string | undefined {
  const [first, second] = lanes;
  if (!first?.verdict.scores || !second?.verdict.scores) return undefined;
  const lead = (plugin: string) => (first.verdict.scores?.[plugin] ?? 0) - (second.verdict.scores?.[plugin] ?? 0);
  const [best] = [...told].sort((a, b) => lead(b) - lead(a));
  return best !== undefined && lead(best) > 0 ? best : undefined;
}

/** Whether the node would take the pod if it asked for this much cpu, all else as it was. */
export function wouldFit({ verdict, freeMilli }: Lane, cpuMilli: number): boolean {
  const isOnlyCpu = verdict.rejectedBy === undefined || verdict.rejectedBy.reason === 'Insufficient cpu';
  return isOnlyCpu && cpuMilli <= freeMilli;
}
