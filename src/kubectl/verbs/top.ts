// kubectl top: what pods and nodes take of processor and memory, as a metrics server would tell of what runs in them.
// Models kubectl/pkg/cmd/top/{top_pod,top_node}.go and metricsutil/metrics_printer.go.
import { insideOf, POD_INSIDE } from '../../kube/inside.ts';
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';
import { CommandError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { listObjects, mustFindKind, notFound } from '../resources.ts';
import { selectorFilter } from '../selectors.ts';
import { alignTable } from '../table.ts';
import { allNamespacesFlag, err, selectorFlag, type Verb, type VerbContext } from '../verb.ts';

const MEBI = 1024 * 1024;
/** What a machine takes for itself. */
const SYSTEM = { cpuMilli: 60, memoryBytes: 350 * MEBI };
const NO_METRICS = 'Metrics API not available';

interface Usage {
  readonly cpuMilli: number;
  readonly memoryBytes: number;
}

const sortFlag = { name: 'sort-by', type: 'string', help: 'cpu or memory: the largest first.' } as const;
const headersFlag = { name: 'no-headers', type: 'bool', help: 'Leave out the headers.' } as const;

export const top: Verb = {
  name: 'top',
  usage: '(node | pod) [NAME | -l label]',
  summary: 'Display resource (CPU/memory) usage',
  examples: [
    { why: 'What pods take', line: 'kubectl top pod' },
    { why: 'What each of their containers takes', line: 'kubectl top pod --containers' },
    { why: 'What machines have to bear', line: 'kubectl top node' },
  ],
  flags: [],
  verbs: [
    {
      name: 'pod',
      aliases: ['pods', 'po'],
      usage: '[NAME | -l label] [--containers]',
      summary: 'Display resource (CPU/memory) usage of pods',
      flags: [
        selectorFlag,
        allNamespacesFlag,
        sortFlag,
        headersFlag,
        { name: 'containers', type: 'bool', help: 'Each container by itself.' },
      ],
      complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Pod').map(({ metadata }) => metadata.name) : []),
      *run(args, ctx) {
        const pods = podsFor(args, ctx);
        const isAll = args.isOn('all-namespaces');
        if (pods.length === 0) {
          yield err(isAll ? 'No resources found' : `No resources found in ${ctx.namespace} namespace.`);
          return 0;
        }
        const rows = sortedRows(
          pods.flatMap((pod) => podRows(pod, args.isOn('containers'), ctx)),
          args,
        );
        const heads = [
          ...(isAll ? ['NAMESPACE'] : []),
          ...(args.isOn('containers') ? ['POD', 'NAME'] : ['NAME']),
          'CPU(cores)',
          'MEMORY(bytes)',
        ];
        const cells = rows.map(({ pod, container, usage }) => [
          ...(isAll ? [pod.metadata.namespace ?? ''] : []),
          pod.metadata.name,
          ...(container === undefined ? [] : [container]),
          ...usageCells(usage),
        ]);
        yield { type: 'stdout', text: alignTable([...(args.isOn('no-headers') ? [] : [heads]), ...cells].map((row) => row.join('\t'))) };
        return 0;
      },
    },
    {
      name: 'node',
      aliases: ['nodes', 'no'],
      usage: '[NAME | -l label]',
      summary: 'Display resource (CPU/memory) usage of nodes',
      flags: [selectorFlag, sortFlag, headersFlag],
      complete: (words, snapshot) => (words.length === 0 ? snapshot.list('Node').map(({ metadata }) => metadata.name) : []),
      *run(args, ctx) {
        const kind = mustFindKind('nodes', ctx);
        const [name] = args.words;
        const nodes = (listObjects(kind, undefined, ctx) as Node[])
          .filter(selectorFilter(kind, args.text('selector'), ''))
          .filter(({ metadata }) => name === undefined || metadata.name === name);
        if (name !== undefined && nodes.length === 0) throw notFound(kind, name);
        if (!isMeasured(ctx)) throw new CommandError(NO_METRICS);
        const rows = sortedRows(
          nodes.map((node) => ({ node, usage: nodeUsage(node, ctx) })),
          args,
        );
        const cells = rows.map(({ node, usage }) => {
          const { cpu, memory } = node.status.allocatable ?? {};
          const [cores, bytes] = usageCells(usage) as [string, string];
          return [node.metadata.name, cores, share(usage.cpuMilli, milliValueOf(cpu)), bytes, share(usage.memoryBytes, valueOf(memory))];
        });
        const heads = ['NAME', 'CPU(cores)', 'CPU(%)', 'MEMORY(bytes)', 'MEMORY(%)'];
        yield { type: 'stdout', text: alignTable([...(args.isOn('no-headers') ? [] : [heads]), ...cells].map((row) => row.join('\t'))) };
        return 0;
      },
    },
  ],
};

/** Whether containers run for real here, and somebody measures them. */
function isMeasured({ client }: VerbContext): boolean {
  return (client.hasMetrics ?? false) && client.snapshot().list(POD_INSIDE).length > 0;
}

function podsFor(args: ParsedArgs, ctx: VerbContext): Pod[] {
  const kind = mustFindKind('pods', ctx);
  const [name] = args.words;
  const pods = (listObjects(kind, args.isOn('all-namespaces') ? undefined : ctx.namespace, ctx) as Pod[]).filter(
    selectorFilter(kind, args.text('selector'), ''),
  );
  const named = pods.filter(({ metadata }) => name === undefined || metadata.name === name);
  if (!isMeasured(ctx)) throw new CommandError(NO_METRICS);
  if (name !== undefined && named.length === 0) throw notFound(kind, name);
  return named.filter(({ status }) => status.phase === 'Running');
}

function podRows(pod: Pod, isByContainer: boolean, ctx: VerbContext): { pod: Pod; container?: string; usage: Usage }[] {
  const usages = usagesOf(pod, ctx);
  if (isByContainer) return usages.map(([container, usage]) => ({ pod, container, usage }));
  return [{ pod, usage: sumOf(usages.map(([, usage]) => usage)) }];
}

function usagesOf({ metadata }: Pod, ctx: VerbContext): [string, Usage][] {
  const inside = insideOf(ctx.client.snapshot(), metadata.namespace, metadata.name);
  return Object.values(inside?.containers ?? {})
    .filter(({ processes }) => processes.length > 0)
    .map(({ name, cpuMilli, memoryBytes }) => [name, { cpuMilli, memoryBytes }]);
}

function nodeUsage({ metadata }: Node, ctx: VerbContext): Usage {
  const pods = (ctx.client.snapshot().list('Pod') as readonly Pod[]).filter(({ spec }) => spec.nodeName === metadata.name);
  return sumOf([SYSTEM, ...pods.flatMap((pod) => usagesOf(pod, ctx).map(([, usage]) => usage))]);
}

function sumOf(usages: readonly Usage[]): Usage {
  return {
    cpuMilli: usages.reduce((sum, { cpuMilli }) => sum + cpuMilli, 0),
    memoryBytes: usages.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}

function sortedRows<T extends { readonly usage: Usage }>(rows: readonly T[], args: ParsedArgs): readonly T[] {
  switch (args.text('sort-by')) {
    case 'cpu':
      return rows.toSorted((a, b) => b.usage.cpuMilli - a.usage.cpuMilli);
    case 'memory':
      return rows.toSorted((a, b) => b.usage.memoryBytes - a.usage.memoryBytes);
    default:
      return rows;
  }
}

function usageCells({ cpuMilli, memoryBytes }: Usage): string[] {
  return [`${Math.round(cpuMilli)}m`, `${Math.floor(memoryBytes / MEBI)}Mi`];
}

function share(part: number, whole: number): string {
  return `${whole > 0 ? Math.floor((part * 100) / whole) : 0}%`;
}
