// What was typed into the terminal and what came of it: an immutable list, given on whenever it changes.
import { isEqual } from '../base/equal.ts';
import type { TerminalComment, TerminalEntry } from './session.ts';

const ENTRIES_MAX = 400;

type Output = TerminalEntry['output'][number];

export class TerminalLog {
  private readonly onChange: (entries: readonly TerminalEntry[]) => void;
  private entries: readonly TerminalEntry[] = [];
  private count = 0;

  constructor(onChange: (entries: readonly TerminalEntry[]) => void) {
    this.onChange = onChange;
  }

  /** A line that runs from now on. */
  add(line: string, atMs: number, stdin?: string): TerminalEntry {
    return this.push({ line, atMs, exitCode: undefined, ...(stdin === undefined ? {} : { stdin }) });
  }

  comment(comment: TerminalComment, atMs: number): TerminalEntry {
    return this.push({ line: '', comment, atMs, exitCode: 0 });
  }

  /** Not a second time. */
  commentOnce(comment: TerminalComment, atMs: number): void {
    if (!this.entries.some((entry) => isEqual(entry.comment, comment))) this.comment(comment, atMs);
  }

  get(id: number): TerminalEntry {
    return this.entries.find((entry) => entry.id === id) as TerminalEntry;
  }

  print(id: number, output: Output): void {
    this.change(id, (entry) => ({ ...entry, output: [...entry.output, output] }));
  }

  end(id: number, exitCode: number, stderr?: string): void {
    if (stderr !== undefined) this.print(id, { type: 'stderr', text: `${stderr}\n` });
    this.change(id, (entry) => ({ ...entry, exitCode }));
  }

  /** Forgets all other entries. */
  keep(isKept: (entry: TerminalEntry) => boolean): void {
    this.set(this.entries.filter(isKept));
  }

  /** How far it has come. */
  get mark(): number {
    return this.count;
  }

  /** Forgets all that came since. */
  goBackTo(mark: number): void {
    this.count = mark;
    this.keep(({ id }) => id <= mark);
  }

  /** Puts between its own entries those that ended in another telling of the same run and that it lacks. */
  takeOver(others: readonly TerminalEntry[]): void {
    const own = [...this.entries];
    const all = others.flatMap((entry) => {
      const i = own.findIndex(({ atMs, line, comment }) => atMs === entry.atMs && line === entry.line && isEqual(comment, entry.comment));
      if (i >= 0) return own.splice(i, 1);
      return entry.exitCode === undefined ? [] : { ...entry, id: ++this.count };
    });
    this.set([...all, ...own]);
  }

  private push(given: Omit<TerminalEntry, 'id' | 'output'>): TerminalEntry {
    const entry: TerminalEntry = { id: ++this.count, output: [], ...given };
    this.set([...this.entries.slice(1 - ENTRIES_MAX), entry]);
    return entry;
  }

  private change(id: number, change: (entry: TerminalEntry) => TerminalEntry): void {
    this.set(this.entries.map((entry) => (entry.id === id ? change(entry) : entry)));
  }

  private set(entries: readonly TerminalEntry[]): void {
    this.entries = entries;
    this.onChange(entries);
  }
}
