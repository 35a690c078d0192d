// printf: the formats of C for texts and whole and broken numbers, repeated while there are arguments.
import type { Call } from '../call.ts';
import { instant } from '../program.ts';
import { unescaped } from '../scanner.ts';

const FORMAT = /%(%|([-+ 0#]*)(\*|\d+)?(?:\.(\*|\d+))?([a-zA-Z])?)/g;
/** A width or a precision that is wider is taken for this. */
const WIDTH_MAX = 1000;
const ROUNDS_MAX = 10_000;

export const printf = instant((call) => {
  const [format, ...values] = call.args[0] === '--' ? call.args.slice(1) : call.args;
  if (format === undefined) return call.fail('usage: printf FORMAT [ARG]...', 2);
  const printing = new Printing(call, unescaped(format.replaceAll('\\c', '')), values);
  return printing.go();
});

class Printing {
  private readonly call: Call;
  private readonly format: string;
  private readonly values: readonly string[];
  private at = 0;
  private status = 0;
  private text = '';

  constructor(call: Call, format: string, values: readonly string[]) {
    this.call = call;
    this.format = format;
    this.values = values;
  }

  go(): number {
    for (let round = 0; round < ROUNDS_MAX; round++) {
      const before = this.at;
      this.text += this.format.replace(FORMAT, (whole, kind: string, flags = '', width = '', precision: string | undefined, letter = '') =>
        kind === '%' ? '%' : this.conversion(whole, flags, width, precision, letter),
      );
      if (this.at === before || this.at >= this.values.length) break;
    }
    this.call.out(this.text);
    return this.status;
  }

  private next(): string | undefined {
    return this.values[this.at++];
  }

  private conversion(whole: string, flags: string, width: string, precision: string | undefined, letter: string): string {
    const wide = Math.min(WIDTH_MAX, Math.abs(Number(width === '*' ? this.next() : width) || 0));
    const digits = precision === undefined ? undefined : Math.min(WIDTH_MAX, Number(precision === '*' ? this.next() : precision) || 0);
    const shown = this.converted(letter, digits, flags);
    if (shown === undefined) {
      this.call.fail(`${whole}: invalid format`);
      this.status = 1;
      return '';
    }
    if (flags.includes('-')) return shown.padEnd(wide);
    if (!flags.includes('0') || !/[dioxXufFeEgG]/.test(letter)) return shown.padStart(wide);
    const sign = /^[-+]/.exec(shown)?.[0] ?? '';
    return sign + shown.slice(sign.length).padStart(wide - sign.length, '0');
  }

  private converted(letter: string, precision: number | undefined, flags: string): string | undefined {
    switch (letter) {
      case 's':
        return (this.next() ?? '').slice(0, precision);
      case 'b':
        return unescaped(this.next() ?? '');
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
        return this.broken()
          .toExponential(precision ?? 6)
          .replace(/e([-+])(\d)$/, 'e$10$2');
      case 'g':
        return String(Number(this.broken().toPrecision(precision || 6)));
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
    this.call.err(`sh: invalid number '${text}'\n`);
    this.status = 1;
  }
}

function signed(value: bigint, flags: string): string {
  if (value < 0n) return String(value);
  return flags.includes('+') ? `+${value}` : flags.includes(' ') ? ` ${value}` : String(value);
}
