// Powers, logarithms and angles that are the same bits everywhere. A standard leaves the last digits of Math.exp, Math.sin and `**` to each
// engine, and they do differ: here they are made of sums, products, quotients and square roots, which IEEE 754 fixes.
// Limitation: from a million radians on the last digits of a sine are not those of the C library.

const LN2_HIGH = 2977044472 / 2 ** 32;
const LN2_LOW = -4.2009150726810846e-11;
const QUARTER_TURN_PARTS = [3373259426 / 2 ** 31, 1121027178 / 2 ** 64, -2.508278806334166e-20] as const;
const EXPONENT_MAX = 2 ** 31;

/** The sum of `coefficientOf(i) * x^i` for i from 0 below `count`, the smallest first. */
function polynomial(x: number, count: number, coefficientOf: (i: number) => number): number {
  let sum = 0;
  for (let i = count - 1; i >= 0; i--) sum = sum * x + coefficientOf(i);
  return sum;
}

/** The natural exponential. */
export function exp(x: number): number {
  if (Number.isNaN(x)) return x;
  if (x > 710) return Number.POSITIVE_INFINITY;
  if (x < -746) return 0;
  const doublings = Math.round(x / Math.LN2);
  const rest = x - doublings * LN2_HIGH - doublings * LN2_LOW;
  let sum = 1;
  for (let i = 20; i > 0; i--) sum = 1 + (rest * sum) / i;
  // In two steps: 2^1024 is no number, though half of its double may be one.
  const half = doublings >> 1;
  return sum * 2 ** half * 2 ** (doublings - half);
}

/** The natural logarithm; NaN below 0. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let doublings = 0;
  let rest = x;
  for (; rest > Math.SQRT2; rest /= 2) doublings++;
  for (; rest < Math.SQRT1_2; rest *= 2) doublings--;
  const share = (rest - 1) / (rest + 1);
  const sum = polynomial(share * share, 14, (i) => 1 / (2 * i + 1));
  return doublings * LN2_HIGH + (doublings * LN2_LOW + 2 * share * sum);
}

/** The greatest whole number whose power of two is not above a whole number from 1 to 2^63. */
export function floorLog2(whole: number): number {
  const high = Math.floor(whole / 2 ** 32);
  return high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(whole);
}

export const sin = (x: number): number => wave(x, 0);
export const cos = (x: number): number => wave(x, 1);

/** The sine of an angle and as many quarter turns more. */
function wave(x: number, quarters: number): number {
  const turns = Math.round(x / (Math.PI / 2));
  let rest = x;
  for (const part of QUARTER_TURN_PARTS) rest -= turns * part;
  if (Number.isNaN(rest)) return Number.NaN;
  const place = (((turns + quarters) % 4) + 4) % 4;
  const isCosine = place % 2 === 1;
  let sum = 1;
  for (let i = isCosine ? 20 : 21; i > 1; i -= 2) sum = 1 - (rest * rest * sum) / (i * (i - 1));
  const value = isCosine ? sum : rest * sum;
  return place < 2 ? value : -value;
}

/** The angle of a point, in radians from -π to π. */
export function atan2(y: number, x: number): number {
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  const [high, wide] = [Math.abs(y), Math.abs(x)];
  const angle = high === wide ? (high === 0 ? 0 : Math.PI / 4) : high < wide ? arc(high / wide) : Math.PI / 2 - arc(wide / high);
  const whole = x < 0 || Object.is(x, -0) ? Math.PI - angle : angle;
  return y < 0 || Object.is(y, -0) ? -whole : whole;
}

/** The arc tangent from 0 to 1. */
function arc(t: number): number {
  if (t > Math.SQRT2 - 1) return Math.PI / 4 + arcNearZero((t - 1) / (t + 1));
  return arcNearZero(t);
}

const arcNearZero = (t: number): number => t * polynomial(-t * t, 26, (i) => 1 / (2 * i + 1));

/** A power; whole exponents are counted in twice as many digits as they are told in, as `3 ** 40` is no longer exact otherwise. */
export function power(base: number, exponent: number): number {
  if (exponent === 0) return 1;
  if (Number.isInteger(exponent) && Math.abs(exponent) < EXPONENT_MAX) return wholePower(base, exponent);
  if (exponent === 0.5 && base >= 0) return Math.sqrt(base);
  if (base === 1) return 1;
  if (Math.abs(exponent) === Number.POSITIVE_INFINITY) return power(Math.abs(base) > 1 === exponent > 0 ? 2 : 0.5, EXPONENT_MAX - 1);
  return base === 0 ? (exponent > 0 ? 0 : Number.POSITIVE_INFINITY) : exp(exponent * ln(base));
}

/** A number in two parts, the second of which is what the first has lost. */
type Pair = readonly [high: number, low: number];

function wholePower(base: number, exponent: number): number {
  let result: Pair = [1, 0];
  let square: Pair = [base, 0];
  for (let left = Math.abs(exponent); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = product(result, square);
    if (left > 1) square = product(square, square);
  }
  const [high, low] = result;
  if (exponent > 0) return high + low;
  const inverse = 1 / high;
  const [one, lost] = product([inverse, 0], result);
  const corrected = inverse + inverse * (1 - one - lost);
  return Number.isFinite(corrected) ? corrected : inverse;
}

function product([a, aLow]: Pair, [b, bLow]: Pair): Pair {
  const high = a * b;
  const [aTop, bTop] = [top(a), top(b)];
  const [aRest, bRest] = [a - aTop, b - bTop];
  const lost = aRest * bRest - (high - aTop * bTop - aRest * bTop - aTop * bRest) + (a * bLow + aLow * b);
  if (!Number.isFinite(lost)) return [high, 0];
  const sum = high + lost;
  return [sum, lost - (sum - high)];
}

/** The first half of a number's digits. */
function top(value: number): number {
  const spread = value * (2 ** 27 + 1);
  return spread - (spread - value);
}
