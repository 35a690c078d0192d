// A place in a file of plain data (scenario, lesson), with its value and how to complain about it.
import { durationMs } from '../cluster/kubelet/duration.ts';
import { isQuantity } from '../kube/quantity.ts';

type Path = readonly (string | number)[];

/** Tells the line of a field, for errors. */
export type LineOf = (path: Path) => number | undefined;

/** What is wrong in a scenario file, and where: `line 12: steps[3].wait: must be a duration such as 5s`. */
export class ScenarioError extends Error {}

/** One place in the file, with its value and how to complain about it. */
export class Field {
  readonly value: unknown;
  private readonly path: Path;
  private readonly lineOf: LineOf;
  private readonly whole: string;

  /** `whole` is what the file as such is called. */
  constructor(value: unknown, path: Path, lineOf: LineOf, whole = 'scenario') {
    this.value = value;
    this.path = path;
    this.lineOf = lineOf;
    this.whole = whole;
  }

  get isThere(): boolean {
    return this.value !== undefined && this.value !== null;
  }

  fail(text: string): never {
    const line = this.lineOf(this.path);
    const field = this.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${part}`)).join('');
    throw new ScenarioError(`${line === undefined ? '' : `line ${line}: `}${field.replace(/^\./, '') || this.whole}: ${text}`);
  }

  at(key: string): Field {
    return new Field((this.value as Record<string, unknown> | null | undefined)?.[key], [...this.path, key], this.lineOf);
  }

  asMap(): Record<string, unknown> {
    if (typeof this.value !== 'object' || this.value === null || Array.isArray(this.value)) this.fail('must be a map');
    return this.value as Record<string, unknown>;
  }

  /** Complains about a key that means nothing here, which is most often a misspelt one. */
  asMapOf(...known: readonly string[]): this {
    for (const key of Object.keys(this.asMap())) {
      if (!known.includes(key)) this.at(key).fail(`is not known here; known are ${known.join(', ')}`);
    }
    return this;
  }

  asList(): Field[] {
    if (!this.isThere) return [];
    if (!Array.isArray(this.value)) this.fail('must be a list');
    return (this.value as unknown[]).map((item, i) => new Field(item, [...this.path, i], this.lineOf));
  }

  asText(ifMissing?: string): string {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    if (typeof this.value === 'number' || typeof this.value === 'boolean') return String(this.value);
    if (typeof this.value !== 'string') this.fail('must be text');
    return this.value as string;
  }

  asName(): string {
    const text = this.asText();
    if (text === '') this.fail('must not be empty');
    return text;
  }

  asMs(ifMissing?: number): number {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    const ms = typeof this.value === 'string' || typeof this.value === 'number' ? durationMs(this.value) : undefined;
    if (ms === undefined) this.fail('must be a duration such as 5s');
    return ms as number;
  }

  asWhole(ifMissing?: number): number {
    if (!this.isThere && ifMissing !== undefined) return ifMissing;
    if (typeof this.value !== 'number' || !Number.isInteger(this.value) || this.value < 0) this.fail('must be a whole number');
    return this.value as number;
  }

  asBoolean(ifMissing: boolean): boolean {
    if (!this.isThere) return ifMissing;
    if (typeof this.value !== 'boolean') this.fail('must be true or false');
    return this.value as boolean;
  }

  asQuantity(): string | undefined {
    if (!this.isThere) return undefined;
    const text = this.asText();
    if (!isQuantity(text)) this.fail('must be a quantity such as 500m or 8Gi');
    return text;
  }

  asTexts(): Record<string, string> | undefined {
    if (!this.isThere) return undefined;
    return Object.fromEntries(Object.keys(this.asMap()).map((key) => [key, this.at(key).asText()]));
  }
}
