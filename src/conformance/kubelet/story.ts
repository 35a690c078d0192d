// A recording told as a story that another recording of the same case can be held against: for each pod the states it went through and
// when, the events told about it, and what kubectl printed. What differs from run to run (names, ids, addresses, ages) is made equal.
import type { WatchRow } from '../../scenario/watchRow.ts';

/** What is read of a recording; those of a real kubelet have the same. */
export interface RecordedCase {
  readonly name: string;
  readonly namespace?: string;
  readonly steps: readonly {
    readonly command?: string;
    readonly exitCode?: number | null;
    readonly stdout?: string;
    readonly stderr?: string;
    readonly watch: readonly WatchRow[];
  }[];
}

export interface Moment {
  /** Seconds since the first step. */
  readonly t: number;
  readonly state: string;
}

export interface Told {
  readonly event: string;
  readonly count: number;
}

export interface Printed {
  readonly command: string;
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Story {
  readonly pods: Readonly<Record<string, readonly Moment[]>>;
  readonly events: Readonly<Record<string, readonly Told[]>>;
  readonly printed: readonly Printed[];
}

export function storyOf({ name, namespace = 'default', steps }: RecordedCase): Story {
  const rows = steps.flatMap(({ watch }) => watch);
  const normal = new Normal(namespace === 'default' ? name : namespace, namespace, rows);
  const pods: Record<string, Moment[]> = {};
  const events: Record<string, Map<string, number>> = {};
  for (const row of rows) {
    if (row.kind === 'Pod') tellPod(row, (pods[normal.name(row)] ??= []), normal);
    if (row.kind === 'Event') tellEvent(row, events, normal);
  }
  return {
    pods: sorted(pods),
    events: sorted(
      Object.fromEntries(Object.entries(events).map(([on, told]) => [on, [...told].map(([event, count]) => ({ event, count }))])),
    ),
    printed: steps.flatMap(({ command, exitCode = null, stdout = '', stderr = '' }) =>
      command === undefined || !isJudged(command)
        ? []
        : [{ command, exitCode, stdout: printedText(command, normal.text(stdout)), stderr: normal.text(stderr) }],
    ),
  };
}

// Pods ----------------------------------------------------------------------------------------------------------------

interface ContainerRow {
  readonly n: string;
  readonly s: string;
  readonly last?: string;
  readonly r: number;
  readonly ready: boolean;
  readonly started?: boolean;
}

/** One moment for each row in which the state is another than before. */
function tellPod(row: WatchRow, moments: Moment[], normal: Normal): void {
  // The server marks an object that goes at once, and removes it: one moment.
  if (row.type === 'DELETED') moments.push({ t: secondsOf(row), state: 'GONE' });
  if (row.type === 'DELETED' || row['grace'] === 0) return;
  const lists = ['init', 'cs', 'eph'].flatMap((list) => (row[list] ?? []) as readonly ContainerRow[]);
  const conditions = ((row['conds'] ?? []) as readonly string[]).filter((condition) => !condition.startsWith('PodScheduled')).toSorted();
  const state = normal.text(
    [
      row['phase'],
      ...(row['reason'] ? [`${row['reason']}: ${row['message']}`] : []),
      ...(row['deleting'] ? ['deleting'] : []),
      ...lists.map(containerText),
      ...conditions,
    ].join(' | '),
  );
  if (moments.at(-1)?.state !== state) moments.push({ t: secondsOf(row), state });
}

function secondsOf(row: WatchRow): number {
  return Math.round(Number(row['T']) * 100) / 100;
}

function containerText({ n, s, last, r, ready, started }: ContainerRow): string {
  const marks = [ready ? 'ready' : '', started ? 'started' : '', r > 0 ? `x${r}` : ''].filter(Boolean).join(' ');
  return `${n} ${withoutTimes(s)}${marks ? ` ${marks}` : ''}${last ? ` (last ${withoutTimes(last)})` : ''}`;
}

function withoutTimes(state: string): string {
  return state.replace(/@\S+/, '').replace(/ \S*Z?\.\.\S*Z?/, '');
}

// Events --------------------------------------------------------------------------------------------------------------

/** By object: each event with how often it was told in the end, in the order in which it was told first. */
function tellEvent(row: WatchRow, events: Record<string, Map<string, number>>, normal: Normal): void {
  if (row['source'] !== 'kubelet' || !String(row['on']).startsWith('Pod/')) return;
  const on = normal.text(String(row['on']).slice('Pod/'.length));
  const event = normal.text(`${row['etype']} ${row['reason']}: ${row['message']}`);
  const told = (events[on] ??= new Map());
  told.set(event, Math.max(told.get(event) ?? 0, Number(row['count'] ?? 1)));
}

// kubectl -------------------------------------------------------------------------------------------------------------

/** What is held against each other word by word: what containers printed, what was said of them, and tables of pods. */
function isJudged(command: string): boolean {
  return /^(logs|exec|debug|delete|patch|cp|top|get pods?$|get pods? -w$|get jobs,pods$)/.test(command);
}

/** Rows of a table that is watched come again and again while nothing changes: once is enough. Tables are sorted by their times. */
function printedText(command: string, text: string): string {
  if (!command.startsWith('get ')) return text;
  const equal = text.replaceAll(/(?<=\s)(\d+[dhm])*\d+[dhms](?=\s)/g, '<age>');
  const rows = equal.split('\n').map((row) =>
    row
      .replaceAll(/ \(<age> ago\)/g, '')
      .replaceAll(/ +/g, ' ')
      .trimEnd(),
  );
  // Pods with random names stand in random order.
  if (!command.endsWith('-w')) return rows.toSorted().join('\n');
  const last = new Map<string, string>();
  return rows
    .filter((row) => {
      const [name = ''] = row.split(' ');
      const isNews = last.get(name) !== row;
      last.set(name, row);
      return isNews;
    })
    .toSorted((a, b) => (a.split(' ')[0] as string).localeCompare(b.split(' ')[0] as string))
    .join('\n');
}

// What differs from run to run ----------------------------------------------------------------------------------------

class Normal {
  private readonly names = new Map<string, string>();
  private readonly namespaces: readonly string[];

  constructor(caseName: string, namespace: string, rows: readonly WatchRow[]) {
    this.namespaces = [caseName, namespace];
    const counts = new Map<string, number>();
    for (const row of rows) {
      const name = bareName(row);
      const owner = row['owner'] as string | undefined;
      if (row.kind !== 'Pod' || !owner || this.names.has(name)) continue;
      const stem = owner.replace(/-[a-f0-9]{8,10}$/, '');
      const count = (counts.get(stem) ?? 0) + 1;
      counts.set(stem, count);
      this.names.set(name, `${stem}~${count}`);
    }
  }

  name(row: WatchRow): string {
    return this.names.get(bareName(row)) ?? bareName(row);
  }

  text(given: string): string {
    let text = given;
    for (const [name, token] of this.names) text = text.replaceAll(name, token);
    for (const namespace of this.namespaces)
      text = text.replaceAll(
        new RegExp(`(?<=_|in |from |"|ConfigMap |NS=|containerLogs/|search )${namespace}(?= namespace|\\(|/|"|\\.|\\n)`, 'g'),
        'NS',
      );
    return (
      text
        .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<uid>')
        .replaceAll(/[0-9a-f]{64}/g, '<id>')
        // `ps` lists the number of its own process, which depends on what the runtime started before.
        .replaceAll(/^ +\d+( root +ps)$/gm, '<pid>$1')
        .replaceAll(/(available: |was using )\d+Ki/g, '$1<amount>')
        .replaceAll(/debugger-[a-z0-9]{5}/g, 'debugger-<random>')
        .replaceAll(/\b\d{1,3}(\.\d{1,3}){3}(?=[:\s"/]|$)/gm, '<ip>')
        .replaceAll(/\b\d{4}-\d\d-\d\dT[\d:.]+Z/g, '<time>')
        .replaceAll(/(?<=ago\)|\s)(\d+[dhm])*\d+[dhms](?=\n|$)|(?<=\()(\d+[dhm])*\d+[dhms](?= ago\))/g, '<age>')
        .replaceAll(/in \d+(\.\d+)?m?s \(\d+(\.\d+)?m?s including waiting\)\. Image size: \d+ bytes/g, 'in <time>')
    );
  }
}

function bareName({ name }: WatchRow): string {
  return name.split('/').at(-1) as string;
}

function sorted<T>(record: Readonly<Record<string, T>>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
