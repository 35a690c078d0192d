// sleep and usleep, in virtual time.
import type { Call, Outcome } from '../call.ts';
import type { Program } from '../program.ts';

const UNITS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 };

/** `5`, `1.5`, `10m`, `infinity`; undefined: it is no time. */
export function secondsOf(word: string): number | undefined {
  if (/^inf(inity)?$/i.test(word)) return Number.POSITIVE_INFINITY;
  const [, number, unit = ''] = /^(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word) ?? [];
  return number === undefined ? undefined : Number(number) * (UNITS[unit] ?? 1);
}

function sleepFor(call: Call, seconds: number): Outcome {
  const { untilMs } = call.remember(() => ({
    untilMs: seconds === Number.POSITIVE_INFINITY ? null : call.nowMs + Math.ceil(seconds * 1000),
  }));
  if (untilMs === null) return {};
  return untilMs <= call.nowMs ? 0 : { untilMs };
}

export const sleep: Program = {
  run(call) {
    let sum = 0;
    for (const word of call.args) {
      const seconds = secondsOf(word);
      if (seconds === undefined) return call.misuse(call.isBusybox ? `invalid number '${word}'` : `invalid time interval '${word}'`);
      sum += seconds;
    }
    return call.args.length === 0 ? call.missingOperand('[N]...') : sleepFor(call, sum);
  },
};

export const usleep: Program = {
  run(call) {
    return sleepFor(call, (Number(call.args[0]) || 0) / 1_000_000);
  },
};
