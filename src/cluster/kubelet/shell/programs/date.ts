// date: now, in virtual time, or a moment that is given.

import { unixMsOf } from '../../../../base/moment.ts';
import { EPOCH_MS } from '../../../../kube/meta.ts';
import { formatInstant } from '../dates.ts';
import { readOptions } from '../options.ts';
import { instant } from '../program.ts';

const ISO: Readonly<Record<string, string>> = {
  '': '%Y-%m-%d',
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H+00:00',
  minutes: '%Y-%m-%dT%H:%M+00:00',
  seconds: '%Y-%m-%dT%H:%M:%S+00:00',
  ns: '%Y-%m-%dT%H:%M:%S,%N+00:00',
};

export const date = instant((call) => {
  const given = call.withArgs(call.args.map((word) => (/^-I./.test(word) ? `--iso-8601=${word.slice(2)}` : word)));
  const options = readOptions(given, 'ud:RIr:D:', {
    utc: 'u',
    'date=': 'd',
    'iso-8601=': 'iso',
    'rfc-3339=': 'rfc',
    'reference=': 'r',
    universal: 'u',
  });
  if (typeof options === 'number') return options;
  const text = options.value('d');
  const unixMs = text === undefined ? EPOCH_MS + call.nowMs : momentOf(text, EPOCH_MS + call.nowMs);
  if (unixMs === undefined) return call.fail(`invalid date '${text}'`);
  call.out(
    `${formatInstant(unixMs, formatOf(options.operands[0], options.has('R'), options.value('iso') ?? (options.has('I') ? '' : undefined)))}\n`,
  );
  return 0;
});

function formatOf(operand: string | undefined, isMail: boolean, iso: string | undefined): string {
  if (operand?.startsWith('+')) return operand.slice(1);
  if (isMail) return '%a, %d %b %Y %H:%M:%S +0000';
  if (iso !== undefined) return ISO[iso] ?? '%Y-%m-%d';
  return '%a %b %e %H:%M:%S UTC %Y';
}

const UNITS: Readonly<Record<string, number>> = { second: 1, sec: 1, minute: 60, min: 60, hour: 3600, day: 86_400, week: 604_800 };

/** `@1700000000`, `2026-01-01 12:00`, `+5 minutes`, `1 day ago`, `now`, and a moment with a change: `2026-01-01 +2 days`. */
function momentOf(text: string, nowMs: number): number | undefined {
  if (/^@\d+$/.test(text)) return Number(text.slice(1)) * 1000;
  if (text === 'now' || text === 'today') return nowMs;
  if (text === 'yesterday' || text === 'tomorrow') return nowMs + (text === 'tomorrow' ? 1 : -1) * 86_400_000;
  const [, start, change = ''] = /^(\d.*\d|now|today) +([-+] ?\d+ *[a-z]+)$/.exec(text) ?? [];
  const startMs = start === undefined ? undefined : momentOf(start, nowMs);
  if (startMs !== undefined) return momentOf(change, startMs);
  const [, sign, number, unit = '', ago] = /^([-+]?)\s*(\d+)\s*([a-z]+?)s?(\s+ago)?$/.exec(text) ?? [];
  if (number !== undefined && UNITS[unit]) return nowMs + (ago || sign === '-' ? -1 : 1) * Number(number) * UNITS[unit] * 1000;
  const [, day, time = '00:00:00'] = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}(?::\d{2})?))?(?:Z| UTC)?$/.exec(text) ?? [];
  if (day === undefined) return undefined;
  const ms = unixMsOf(`${day}T${time.padEnd(8, ':00')}Z`);
  return Number.isNaN(ms) ? undefined : ms;
}
