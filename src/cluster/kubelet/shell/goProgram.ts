// What programs written in Go have in common: their flags, how they log, and how they end.
import type { Call } from './call.ts';
import { formatDate } from './dates.ts';

/** By a signal they do not handle they try to end as other programs do; where that fails, as it does process 1, they exit. */
export const GO_SPARED_CODE = 2;

/** `-name value`, `--name=value`. */
export function goFlag(call: Call, name: string): string | undefined {
  const at = call.args.findIndex((word) => word.replace(/^--?/, '').split('=', 1)[0] === name);
  const word = call.args[at];
  return word?.includes('=') ? word.slice(word.indexOf('=') + 1) : word === undefined ? undefined : call.args[at + 1];
}

export function goLog(call: Call, text: string): void {
  call.err(`${formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S')} ${text}\n`);
}
