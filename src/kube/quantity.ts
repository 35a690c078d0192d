// Quantities such as `500m`, `1Gi`, `2.5e3`: exact values, Kubernetes' canonical text, sums.
// Models apimachinery/pkg/api/resource/{quantity,suffix,math}.go. A value is a bigint of billionths, the finest Kubernetes keeps.

export const QUANTITY_ERROR = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";

export class QuantityError extends Error {}

export type QuantityFormat = 'BinarySI' | 'DecimalSI' | 'DecimalExponent';

export interface ExactQuantity {
  readonly nano: bigint;
  readonly format: QuantityFormat;
}

const NANO = 1_000_000_000n;
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, '': 0, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };
const binary: Readonly<Record<string, number>> = { Ki: 10, Mi: 20, Gi: 30, Ti: 40, Pi: 50, Ei: 60 };
/** Kubernetes caps what is larger than a 64-bit integer. */
const LARGEST = (2n ** 63n - 1n) * NANO;

const parsed = new Map<string, ExactQuantity>();
/** Texts of quantities repeat; the memory of them is bounded. */
const PARSED_MAX = 4096;

/** The exact value of a quantity. Throws QuantityError for what is none. */
export function parseQuantity(quantity: string | number): ExactQuantity {
  const text = typeof quantity === 'number' ? String(quantity) : quantity.trim();
  const known = parsed.get(text);
  if (known) return known;
  const value = readQuantity(text);
  if (parsed.size >= PARSED_MAX) parsed.clear();
  parsed.set(text, value);
  return value;
}

function readQuantity(text: string): ExactQuantity {
  const parts = /^([+-]?)(\d*)(?:\.(\d*))?([eE][+-]?\d+|[KMGTPE]i|[numkMGTPE]?)$/.exec(text);
  if (!parts) throw new QuantityError(QUANTITY_ERROR);
  const [, sign, integer = '', fraction = '', suffix = ''] = parts;
  if (integer === '' && fraction === '') throw new QuantityError(QUANTITY_ERROR);
  const digits = BigInt(`${integer}${fraction}`);
  const isBinary = binary[suffix] !== undefined;
  const isExponent = !isBinary && decimal[suffix] === undefined;
  const exponent = isExponent ? Number(suffix.slice(1)) : (decimal[suffix] ?? 0);
  if (Math.abs(exponent) > 1000) throw new QuantityError(QUANTITY_ERROR);
  let top = digits * NANO * (isBinary ? 2n ** BigInt(binary[suffix] as number) : 1n);
  let bottom = 10n ** BigInt(fraction.length);
  if (exponent > 0) top *= 10n ** BigInt(exponent);
  else bottom *= 10n ** BigInt(-exponent);
  // What is finer than a billionth is rounded away from zero.
  let nano = top / bottom;
  if (top % bottom !== 0n) nano += 1n;
  if (nano > LARGEST) nano = LARGEST;
  return { nano: sign === '-' ? -nano : nano, format: isBinary ? 'BinarySI' : isExponent ? 'DecimalExponent' : 'DecimalSI' };
}

export function isQuantity(quantity: string | number): boolean {
  try {
    parseQuantity(quantity);
    return true;
  } catch (error) {
    if (error instanceof QuantityError) return false;
    throw error;
  }
}

/** Rounds a quotient up, away from zero, as Kubernetes scales values. */
function dividedUp(nano: bigint, unit: bigint): bigint {
  const quotient = nano / unit;
  if (nano % unit === 0n) return quotient;
  return nano > 0n ? quotient + 1n : quotient - 1n;
}

/** The whole value, rounded up: bytes, pods, devices. */
export function valueOf(quantity: string | number | undefined): number {
  return quantity === undefined ? 0 : Number(dividedUp(parseQuantity(quantity).nano, NANO));
}

/** Thousandths, rounded up: how CPU is counted. */
export function milliValueOf(quantity: string | number | undefined): number {
  return quantity === undefined ? 0 : Number(dividedUp(parseQuantity(quantity).nano, 1_000_000n));
}

/** Kubernetes' canonical text: no fraction, the largest suffix that keeps it exact. `0.5` is `500m`, `1024Mi` is `1Gi`. */
export function formatQuantity({ nano, format }: ExactQuantity): string {
  if (nano === 0n) return '0';
  const isNegative = nano < 0n;
  const size = isNegative ? -nano : nano;
  const sign = isNegative ? '-' : '';
  if (format === 'BinarySI' && size >= 1024n * NANO && size % NANO === 0n) return sign + formatBinary(size / NANO);
  return sign + formatDecimal(size, format);
}

function formatBinary(value: bigint): string {
  const suffixes = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
  let i = 0;
  let rest = value;
  while (rest % 1024n === 0n && i < 6) {
    rest /= 1024n;
    i++;
  }
  return `${rest}${suffixes[i]}`;
}

function formatDecimal(nano: bigint, format: QuantityFormat): string {
  const suffixes = ['n', 'u', 'm', '', 'k', 'M', 'G', 'T', 'P', 'E'];
  let i = 0;
  let rest = nano;
  while (rest % 1000n === 0n && i < suffixes.length - 1) {
    rest /= 1000n;
    i++;
  }
  if (format !== 'DecimalExponent') return `${rest}${suffixes[i]}`;
  const exponent = 3 * (i - 3);
  return exponent === 0 ? `${rest}` : `${rest}e${exponent}`;
}

/** The canonical text of what a user wrote; text that is no quantity stays as it is, for validation to refuse. */
export function canonicalQuantity(quantity: string | number): string {
  return isQuantity(quantity) ? formatQuantity(parseQuantity(quantity)) : String(quantity);
}

export function compareQuantities(a: string | number, b: string | number): number {
  const difference = parseQuantity(a).nano - parseQuantity(b).nano;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The sum as canonical text, in the format of the first that is not zero. */
export function addQuantities(a: string | number, b: string | number): string {
  const left = parseQuantity(a);
  const right = parseQuantity(b);
  return formatQuantity({ nano: left.nano + right.nano, format: left.nano === 0n ? right.format : left.format });
}

export function subtractQuantities(a: string | number, b: string | number): string {
  const left = parseQuantity(a);
  const right = parseQuantity(b);
  return formatQuantity({ nano: left.nano - right.nano, format: left.nano === 0n ? right.format : left.format });
}
