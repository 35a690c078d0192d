// Lays a cookie beside the cutter of today, line by line: what both say, what differs, what only one says, and what no cutter sets.
// Values that the API server fills in by itself and that are the same on both sides are left out: nobody wrote them.
import { isEqual } from '../../base/equal.ts';
import type { Pod, PodTemplateSpec } from '../../kube/kinds/pod.ts';

/** One line of the two columns. A missing text means that this side has no such line. */
export interface ComparedLine {
  readonly path: string;
  readonly cutter: string | undefined;
  readonly cookie: string | undefined;
  readonly isDifferent: boolean;
}

export interface Comparison {
  readonly lines: readonly ComparedLine[];
  /** Fields of the pod that no template can set, as `nodeName: node-a`. */
  readonly beyondCutter: readonly string[];
  /** How many lines differ; a line that only one side has counts too. */
  readonly differences: number;
}

type Json = Readonly<Record<string, unknown>>;

/** What the server writes where nothing was said, per field name. Compared by value: a user who writes the default sees nothing either. */
const SERVER_DEFAULTS: Json = {
  terminationMessagePath: '/dev/termination-log',
  terminationMessagePolicy: 'File',
  restartPolicy: 'Always',
  dnsPolicy: 'ClusterFirst',
  schedulerName: 'default-scheduler',
  terminationGracePeriodSeconds: 30,
  enableServiceLinks: true,
  preemptionPolicy: 'PreemptLowerPriority',
  priority: 0,
  serviceAccountName: 'default',
  serviceAccount: 'default',
  protocol: 'TCP',
  scheme: 'HTTP',
  failureThreshold: 3,
  periodSeconds: 10,
  successThreshold: 1,
  timeoutSeconds: 1,
  imagePullPolicy: undefined,
};

/** Labels that controllers and the binding add to a pod. */
const ADDED_LABELS =
  /^(pod-template-hash|controller-revision-hash|pod-template-generation|topology\.kubernetes\.io\/.+|batch\.kubernetes\.io\/.+)$/;
/** What kubectl keeps on an object for itself. */
const KEPT_BY_KUBECTL = 'kubectl.kubernetes.io/last-applied-configuration';
const EMPTY_IS_SILENT = ['securityContext', 'resources', 'strategy'];
const ORDER = [
  'metadata',
  'labels',
  'annotations',
  'spec',
  'initContainers',
  'containers',
  'name',
  'image',
  'command',
  'args',
  'ports',
  'env',
  'resources',
];

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);
const isServiceAccountVolume = (item: unknown) => isObject(item) && String(item.name ?? '').startsWith('kube-api-access-');
const isPatience = (item: unknown) => isObject(item) && item.tolerationSeconds === 300 && /not-ready|unreachable/.test(String(item.key));

/** Drops what nobody wrote. `cutter` is the other side where there is one, so that a value that differs from it is kept. */
function spoken(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) {
    const items = value.filter((item) => !isServiceAccountVolume(item) && !isPatience(item)).map((item) => spoken(item));
    return items.length > 0 ? items : undefined;
  }
  if (isObject(value)) {
    const entries = Object.entries(value)
      .map(([name, child]) => [name, spoken(child, name)] as const)
      .filter(([name, child]) => child !== undefined && !(name in SERVER_DEFAULTS && isDefault(name, child)));
    if (entries.length === 0 && (EMPTY_IS_SILENT.includes(key) || Object.keys(value).length > 0)) return undefined;
    return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
  }
  return value === null || value === '' ? undefined : value;
}

const isDefault = (name: string, value: unknown) => name === 'imagePullPolicy' || isEqual(SERVER_DEFAULTS[name], value);
const rank = (name: string) => {
  const at = ORDER.indexOf(name);
  return at < 0 ? ORDER.length : at;
};

/** Compares a pod with a template; without a template every line is the cookie's own. */
export function compareCookie(template: PodTemplateSpec | undefined, pod: Pod): Comparison {
  const { nodeName, ...spec } = pod.spec;
  const own = Object.entries(pod.metadata.labels ?? {});
  const labels = Object.fromEntries(own.filter(([name]) => !ADDED_LABELS.test(name)));
  const notes = Object.entries(pod.metadata.annotations ?? {}).filter(([name]) => name !== KEPT_BY_KUBECTL);
  const annotations = notes.length > 0 ? { annotations: Object.fromEntries(notes) } : {};
  const cookie = spoken({ metadata: { labels, ...annotations }, spec });
  const cutter =
    template &&
    spoken({ metadata: { labels: template.metadata?.labels, annotations: template.metadata?.annotations }, spec: template.spec });
  const lines = compareValues(cutter, cookie, 0, '');
  const beyondCutter = [
    nodeName && `nodeName: ${nodeName}`,
    pod.status.podIP && `podIP: ${pod.status.podIP}`,
    ...own.filter(([name]) => ADDED_LABELS.test(name)).map(([name, value]) => `${name}: ${value}`),
  ].filter((line): line is string => Boolean(line));
  return { lines, beyondCutter, differences: lines.filter((line) => line.isDifferent).length };
}

function compareValues(cutter: unknown, cookie: unknown, depth: number, path: string): ComparedLine[] {
  if (isObject(cutter) && isObject(cookie)) {
    const names = [...new Set([...Object.keys(cutter), ...Object.keys(cookie)])].sort((a, b) => rank(a) - rank(b));
    return names.flatMap((name) => compareField(name, cutter[name], cookie[name], depth, `${path}.${name}`));
  }
  if (Array.isArray(cutter) && Array.isArray(cookie)) return compareLists(cutter, cookie, depth, path);
  const [left, right] = [toLines(cutter, depth), toLines(cookie, depth)];
  return pair(left, right, path);
}

function compareField(name: string, cutter: unknown, cookie: unknown, depth: number, path: string): ComparedLine[] {
  const areNested = [cutter, cookie].every((value) => isObject(value) || Array.isArray(value));
  if (!areNested) return pair(fieldLines(name, cutter, depth), fieldLines(name, cookie, depth), path);
  const head = `${indent(depth)}${name}:`;
  // List items stand under their field, not further in, as kubectl prints them.
  return [
    { path, cutter: head, cookie: head, isDifferent: false },
    ...compareValues(cutter, cookie, Array.isArray(cutter) ? depth : depth + 1, path),
  ];
}

/** Items with a name are matched by it, others by their place. */
function compareLists(cutter: readonly unknown[], cookie: readonly unknown[], depth: number, path: string): ComparedLine[] {
  const nameOf = (item: unknown, index: number) => (isObject(item) && typeof item.name === 'string' ? item.name : String(index));
  const right = new Map(cookie.map((item, index) => [nameOf(item, index), item]));
  const left = new Map(cutter.map((item, index) => [nameOf(item, index), item]));
  return [...new Set([...left.keys(), ...right.keys()])].flatMap((name) => {
    const itemPath = `${path}[${name}]`;
    const [a, b] = [left.get(name), right.get(name)];
    if (!isObject(a) || !isObject(b)) return pair(itemLines(a, depth), itemLines(b, depth), itemPath);
    const inner = compareValues(a, b, depth + 1, itemPath);
    return inner.map((line, index) =>
      index === 0 ? { ...line, cutter: dashed(line.cutter, depth), cookie: dashed(line.cookie, depth) } : line,
    );
  });
}

/** Sets lines side by side. Scalars on both sides that differ share a line; otherwise one side's lines stand alone. */
function pair(cutter: readonly string[], cookie: readonly string[], path: string): ComparedLine[] {
  return Array.from({ length: Math.max(cutter.length, cookie.length) }, (_, index) => ({
    path,
    cutter: cutter[index],
    cookie: cookie[index],
    isDifferent: cutter[index] !== cookie[index],
  }));
}

const indent = (depth: number) => '  '.repeat(depth);
const dashed = (line: string | undefined, depth: number) => line && `${indent(depth)}- ${line.slice(indent(depth + 1).length)}`;

function fieldLines(name: string, value: unknown, depth: number): string[] {
  if (value === undefined) return [];
  if (isObject(value) || Array.isArray(value))
    return [`${indent(depth)}${name}:`, ...toLines(value, Array.isArray(value) ? depth : depth + 1)];
  return [`${indent(depth)}${name}: ${scalar(value)}`];
}

function itemLines(value: unknown, depth: number): string[] {
  if (value === undefined) return [];
  const lines = toLines(value, depth + 1);
  return lines.map((line, index) => (index === 0 ? (dashed(line, depth) ?? line) : line));
}

function toLines(value: unknown, depth: number): string[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value.flatMap((item) => itemLines(item, depth));
  if (isObject(value)) return Object.entries(value).flatMap(([name, child]) => fieldLines(name, child, depth));
  return [`${indent(depth)}${scalar(value)}`];
}

function scalar(value: unknown): string {
  const text = String(value);
  return typeof value === 'string' && (/^[\d.]+$|^(true|false|null|yes|no|on|off)$|: |^[[{*&!|>%@`"'#-]/i.test(text) || text.includes('\n'))
    ? JSON.stringify(text)
    : text;
}
