// perl: only the one line that the Kubernetes pages run, which computes digits of pi, for real.
import type { Outcome } from '../call.ts';
import type { Program } from '../program.ts';

/** How long a real perl takes for 2000 digits on a small machine; the time grows with the square of the digits. */
const MS_FOR_2000 = 4000;
const DIGITS_MAX = 10_000;

export const perl: Program = {
  run(call): Outcome {
    const script = call.args.join(' ');
    const digits = Number(/bpi\((\d+)\)/.exec(script)?.[1]);
    const [, text] = /^-e print "((?:[^"\\]|\\.)*)";?$/.exec(script) ?? [];
    if (text !== undefined) {
      call.out(text.replaceAll('\\n', '\n'));
      return 0;
    }
    if (!(digits >= 1 && digits <= DIGITS_MAX)) return call.fail('this script is not simulated', 2);
    const { untilMs } = call.remember(() => ({ untilMs: call.nowMs + Math.ceil(MS_FOR_2000 * (digits / 2000) * (digits / 2000)) }));
    call.process.cpuMilli = 1000;
    if (untilMs > call.nowMs) return { untilMs };
    call.out(`${piDigits(digits)}\n`);
    return 0;
  },
};

/** `digits` digits of pi with the point after the first, the last one rounded, by Machin's formula. */
export function piDigits(digits: number): string {
  const guard = 10n ** 12n;
  const one = 10n ** BigInt(digits - 1) * guard;
  const pi = 4n * (4n * arctanOfInverse(5n, one) - arctanOfInverse(239n, one));
  const text = String((pi + guard / 2n) / guard);
  return digits === 1 ? text : `${text.slice(0, 1)}.${text.slice(1)}`;
}

/** arctan(1/x), in units of 1/one. */
function arctanOfInverse(x: bigint, one: bigint): bigint {
  const square = x * x;
  let power = one / x;
  let sum = power;
  for (let n = 3n; power !== 0n; n += 2n) {
    power /= -square;
    sum += power / n;
  }
  return sum;
}
