// A place in a file of plain data (scenario, lesson), with its value and how to complain about it.
import { durationMs } from '../cluster/kubelet/duration.ts';
import { mistakesEn } from '../i18n/en/mistakes.ts';
import { type Claim, type ClaimParams, type FileType, type Mistake, wordsOf } from '../i18n/mistakes.ts';
import { isQuantity } from '../kube/quantity.ts';
import { ScenarioError } from './scenarioError.ts';

type Path = readonly (string | number)[];

/** Tells the line of a field, for errors. */
export type LineOf = (path: Path) => number | undefined;

/** The error with its message in English, as programs print it. */
export function mistaken(mistake: Mistake): ScenarioError {
  return new ScenarioError(wordsOf(mistake, mistakesEn), mistake);
}

/** One place in the file, with its value and how to complain about it. */
export class Field {
  readonly value: unknown;
  private readonly path: Path;
  private readonly lineOf: LineOf;
  private readonly file: FileType;

  constructor(value: unknown, path: Path, lineOf: LineOf, file: FileType = 'scenario') {
    this.value = value;
    this.path = path;
    this.lineOf = lineOf;
    this.file = file;
  }

  get line(): number | undefined {
    return this.lineOf(this.path);
  }

  /** `steps[3].wait`; empty for the file as such. */
  get place(): string {
    const parts = this.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`));
    return parts.join('').replace(/^\./, '');
  }

  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  fail<C extends Claim>(claim: C, ...params: ClaimParams<C>): never {
    throw mistaken({ type: 'claim', line: this.line, field: this.place, file: this.file, claim, params });
  }

  at(key: string): Field {
    return new Field((this.value as Record<string, unknown> | null | undefined)?.[key], [...this.path, key], this.lineOf, this.file);
  }

  asMap(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) this.fail('map');
    return this.value as Record<string, unknown>;
  }

  /** Complains about a key that means nothing here, which is most often a misspelt one. */
  asMapOf(...known: readonly string[]): this {
    for (const key of Object.keys(this.asMap())) {
      if (!known.includes(key)) this.at(key).fail('unknownKey', known.join(', '));
    }
    return this;
  }

  asList(): Field[] {
    if (!this.isThere) return [];
    if (!Array.isArray(this.value)) this.fail('list');
    return (this.value as unknown[]).map((item, i) => new Field(item, [...this.path, i], this.lineOf, this.file));
  }

  asText(ifMissing?: string): string {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    if (typeof this.value === 'number' || typeof this.value === 'boolean') return String(this.value);
    if (typeof this.value !== 'string') this.fail('text');
    return this.value as string;
  }

  asName(): string {
    const text = this.asText();
    if (text === '') this.fail('notEmpty');
    return text;
  }

  asMs(ifMissing?: number): number {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    const ms = typeof this.value === 'string' || typeof this.value === 'number' ? durationMs(this.value) : undefined;
    if (ms === undefined) this.fail('duration');
    return ms as number;
  }

  asWhole(ifMissing?: number): number {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    if (typeof this.value !== 'number' || !Number.isInteger(this.value) || this.value < 0) this.fail('whole');
    return this.value as number;
  }

  asBoolean(ifMissing: boolean): boolean {
    if (!this.isThere) return ifMissing;
    if (typeof this.value !== 'boolean') this.fail('yesOrNo');
    return this.value as boolean;
  }

  asQuantity(): string | undefined {
    if (!this.isThere) return undefined;
    const text = this.asText();
    if (!isQuantity(text)) this.fail('quantity');
    return text;
  }

  asTexts(): Record<string, string> | undefined {
    if (!this.isThere) return undefined;
    return Object.fromEntries(Object.keys(this.asMap()).map((key) => [key, this.at(key).asText()]));
  }
}
