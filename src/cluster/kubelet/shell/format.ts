// The formats of printf(3) for texts, whole and broken numbers.
import type { Sayings } from './complaint.ts';
import { unescaped } from './escapes.ts';
import { shellEscaped } from './words.ts';

const FORMAT = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?(\([^)]*\)T|[a-zA-Z])?)/g;
/** A width or a precision that is wider is taken for this. */
const WIDTH_MAX = 1000;
const ROUNDS_MAX = 10_000;

/** Fills a format once; values that are missing are empty. */
export function formatted(format: string, values: readonly string[]): string {
  return new Printing(format, values, { complain() {} }).once();
}

export interface Printer {
  /** What is no number, and what is no format, is complained about. */
  complain(sayings: Sayings): void;
  /** Whether `%q` is a format here. */
  readonly isEscaping?: boolean;
  /** A moment, of bash's `%(…)T`; undefined: there is no such format here. */
  readonly moment?: ((format: string, value: string | undefined) => string) | undefined;
}

/** Fills a format as often as there are values. */
export function formattedAgain(format: string, values: readonly string[], printer: Printer): string {
  return new Printing(format, values, printer).again();
}

/** One printing of a format, which takes values as it needs them. */
class Printing {
  private readonly printer: Printer;
  private readonly format: string;
  private readonly values: readonly string[];
  private at = 0;

  constructor(format: string, values: readonly string[], printer: Printer) {
    this.format = format;
    this.values = values;
    this.printer = printer;
  }

  /** The format once. */
  once(): string {
    let text = '';
    let end = 0;
    for (const found of this.format.matchAll(FORMAT)) {
      const [whole, kind, flags = '', width = '', precision, letter = ''] = found;
      const shown = kind === '%' ? '%' : this.conversion(whole, flags, width, precision, letter);
      text += this.format.slice(end, found.index) + (shown ?? '');
      // Nothing comes after what is no format.
      if (shown === undefined) return text;
      end = found.index + whole.length;
    }
    return text + this.format.slice(end);
  }

  /** Again and again while it takes values. */
  again(): string {
    let text = '';
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const before = this.at;
      text += this.once();
      if (this.at === before || this.at >= this.values.length) break;
    }
    return text;
  }

  private next(): string | undefined {
    return this.values[this.at++];
  }

  private conversion(whole: string, flags: string, width: string, precision: string | undefined, letter: string): string | undefined {
    const wide = Math.min(WIDTH_MAX, Math.abs(Number(width === '*' ? this.next() : width) || 0));
    const digits = precision === undefined ? undefined : Math.min(WIDTH_MAX, Number(precision === '*' ? this.next() : precision) || 0);
    const shown = this.converted(letter, digits, flags);
    if (shown === undefined) {
      this.printer.complain({
        ash: `${whole}: invalid format`,
        dash: `${whole}: invalid directive`,
        bash: `\`${whole.slice(-1)}': invalid format character`,
      });
      return undefined;
    }
    if (flags.includes('-')) return shown.padEnd(wide);
    if (!flags.includes('0') || !/[dioxXufFeEgG]/.test(letter)) return shown.padStart(wide);
    const sign = /^[-+]/.exec(shown)?.[0] ?? '';
    return sign + shown.slice(sign.length).padStart(wide - sign.length, '0');
  }

  private converted(letter: string, precision: number | undefined, flags: string): string | undefined {
    if (letter.endsWith(')T')) return this.printer.moment?.(letter.slice(1, -2), this.next());
    switch (letter) {
      case 's':
        return (this.next() ?? '').slice(0, precision);
      case 'b':
        return unescaped(this.next() ?? '');
      case 'q':
        return this.printer.isEscaping ? shellEscaped(this.next() ?? '') : undefined;
      case 'c':
        return (this.next() ?? '').slice(0, 1);
      case 'd':
      case 'i':
      case 'u':
        return signed(this.whole(), flags);
      case 'o':
        return this.whole().toString(8);
      case 'x':
        return (flags.includes('#') ? '0x' : '') + this.whole().toString(16);
      case 'X':
        return this.whole().toString(16).toUpperCase();
      case 'f':
      case 'F':
        return this.broken().toFixed(precision ?? 6);
      case 'e':
        return exponential(this.broken(), precision ?? 6);
      case 'g':
        return general(this.broken(), Math.max(1, precision ?? 6));
      default:
        return undefined;
    }
  }

  private whole(): bigint {
    const text = (this.next() ?? '0').trim();
    if (/^['"]./.test(text)) return BigInt(text.charCodeAt(1));
    const found = /^[-+]?(0[xX][0-9a-fA-F]+|\d+)/.exec(text)?.[0] ?? '';
    if (found !== text) this.invalid(text);
    if (found === '') return 0n;
    const digits = found.replace(/^[-+]/, '');
    const value = BigInt(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits);
    return found.startsWith('-') ? -value : value;
  }

  private broken(): number {
    const text = this.next() ?? '0';
    const value = Number(text);
    if (Number.isNaN(value)) this.invalid(text);
    return Number.isNaN(value) ? 0 : value;
  }

  private invalid(text: string): void {
    this.printer.complain({ ash: `invalid number '${text}'`, dash: `${text}: expected numeric value`, bash: `${text}: invalid number` });
  }
}

/** Two digits of exponent at least, as C writes them. */
function exponential(value: number, digits: number): string {
  return value.toExponential(digits).replace(/e([-+])(\d)$/, 'e$10$2');
}

/** Whichever form is the shorter, without zeros at its end. */
function general(value: number, digits: number): string {
  const exponent = Number(/e([-+]\d+)$/.exec(value.toExponential(digits - 1))?.[1] ?? 0);
  if (exponent < -4 || exponent >= digits) return exponential(value, digits - 1).replace(/\.?0*e/, 'e');
  const text = value.toFixed(digits - 1 - exponent);
  return text.includes('.') ? text.replace(/\.?0*$/, '') : text;
}

function signed(value: bigint, flags: string): string {
  if (value < 0n) return String(value);
  return flags.includes('+') ? `+${value}` : flags.includes(' ') ? ` ${value}` : String(value);
}
