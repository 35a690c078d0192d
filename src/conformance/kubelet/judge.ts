// Holds the story of a case against what a real kubelet did with it, once or in several runs: the states of each pod in the same order
// and about as far apart, the same events about as often, and the same words from kubectl.
import type { Moment, Printed, Story, Told } from './story.ts';

/** Waits are drawn between once and one and a half times their length, and most things are looked at once a second. */
const SECONDS_TOLERATED = 2.5;
const SHARE_TOLERATED = 0.6;
/** Events of waits that were drawn shorter or longer are told once more or less often, or so. */
const COUNT_TOLERATED = 2;
const COUNT_SHARE_TOLERATED = 0.4;

/** What differs, a line each; empty where everything holds. Where there are several runs, one of them must hold in each check. */
export function differencesFrom(expected: readonly Story[], actual: Story): string[] {
  const [first] = expected;
  if (!first) return ['nothing is expected'];
  return [
    ...Object.keys(first.pods).flatMap((pod) =>
      bestOf(expected.map((story) => momentDifferences(pod, story.pods[pod] ?? [], actual.pods[pod] ?? []))),
    ),
    ...Object.keys(first.events).flatMap((on) =>
      bestOf(expected.map((story) => eventDifferences(on, story.events[on] ?? [], actual.events[on] ?? []))),
    ),
    ...first.printed.flatMap((_, i) => bestOf(expected.map((story) => printedDifferences(story.printed[i], actual.printed[i])))),
  ];
}

function bestOf(all: readonly (readonly string[])[]): readonly string[] {
  return all.reduce((best, each) => (each.length < best.length ? each : best));
}

function momentDifferences(pod: string, expected: readonly Moment[], actual: readonly Moment[]): string[] {
  // The last state of a long wait may lie just beyond the end of a recording.
  const length = Math.min(expected.length, Math.max(actual.length, expected.length - 2));
  for (let i = 0; i < length; i++) {
    const [before, now] = [expected[i], actual[i]];
    if (before?.state !== now?.state) return [`pod ${pod}, state ${i}:\n  - ${before?.state}\n  + ${now?.state ?? 'nothing'}`];
    if (i === 0 || !before || !now) continue;
    const wantedSeconds = before.t - (expected[i - 1]?.t ?? 0);
    const seconds = now.t - (actual[i - 1]?.t ?? 0);
    if (Math.abs(seconds - wantedSeconds) > SECONDS_TOLERATED + SHARE_TOLERATED * wantedSeconds) {
      return [`pod ${pod}, state ${i} comes after ${seconds.toFixed(1)} s, not ${wantedSeconds.toFixed(1)} s: ${now.state}`];
    }
  }
  return [];
}

function eventDifferences(on: string, expected: readonly Told[], actual: readonly Told[]): string[] {
  const differences: string[] = [];
  const order = (told: readonly Told[]) =>
    told
      .filter(({ event, count }) => !isChance(event, count))
      .map(({ event }) => event)
      .filter((event) => expected.some((each) => each.event === event));
  for (const { event, count } of expected) {
    if (isChance(event, count)) continue;
    const found = actual.find((each) => each.event === event);
    const isNear = found && Math.abs(found.count - count) <= COUNT_TOLERATED + COUNT_SHARE_TOLERATED * count;
    if (!isNear) differences.push(`event on ${on}: told ${found?.count ?? 0} times, not ${count}: ${event}`);
  }
  for (const { event, count } of actual) {
    if (!expected.some((each) => each.event === event) && !isChance(event, count))
      differences.push(`event on ${on}: told ${count} times, not at all: ${event}`);
  }
  if (differences.length === 0 && order(actual).join('\n') !== order(expected).join('\n')) {
    differences.push(`events on ${on} in another order:\n  + ${order(actual).join('\n  + ')}`);
  }
  return differences;
}

/** A server may be asked once or twice before it listens. */
function isChance(event: string, count: number): boolean {
  return event.startsWith('Warning Unhealthy') && event.endsWith('connection refused') && count <= 2;
}

function printedDifferences(expected: Printed | undefined, actual: Printed | undefined): string[] {
  if (!expected) return [];
  if (expected.command.endsWith(' -w')) return watchedDifferences(expected, actual);
  return (['exitCode', 'stdout', 'stderr'] as const).flatMap((part) =>
    actual?.[part] === expected[part]
      ? []
      : [`${expected.command}: ${part}\n  - ${JSON.stringify(expected[part])}\n  + ${JSON.stringify(actual?.[part])}`],
  );
}

/** Each pod's rows of a table that was watched; the last ones may lie beyond the end of the watch. */
function watchedDifferences(expected: Printed, actual: Printed | undefined): string[] {
  const wanted = rowsByName(expected.stdout);
  const found = rowsByName(actual?.stdout ?? '');
  return [...wanted].flatMap(([name, rows]) => {
    const actualRows = found.get(name) ?? [];
    const length = Math.min(rows.length, Math.max(actualRows.length, rows.length - 2));
    const isSame = rows.slice(0, length).join('\n') === actualRows.slice(0, length).join('\n');
    return isSame ? [] : [`${expected.command}: rows of ${name}\n  - ${rows.join('\n  - ')}\n  + ${actualRows.join('\n  + ')}`];
  });
}

function rowsByName(table: string): Map<string, string[]> {
  const rows = new Map<string, string[]>();
  for (const row of table.split('\n').filter(Boolean)) {
    const [name = ''] = row.split(' ');
    rows.set(name, [...(rows.get(name) ?? []), row]);
  }
  return rows;
}
