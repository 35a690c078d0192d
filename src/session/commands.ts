// The kubectl lines that run: generators that print, wait for the world to move, and end. Several can wait at a time.
import type { Key } from '../kube/meta.ts';
import type { Client, Running } from '../kubectl/command.ts';
import { loadDescriptions } from './descriptions.ts';

export interface CommandHooks {
  readonly print: (id: number, type: 'stdout' | 'stderr', text: string) => void;
  readonly end: (id: number, exitCode: number) => void;
  /** `kubectl edit` asks for an editor. */
  readonly edit: (key: Key) => void;
  /** The terminal belongs to this command from now on, or to nobody. */
  readonly read: (id: number | undefined) => void;
}

interface Waiting {
  readonly id: number;
  readonly running: Running;
  readonly client: Client;
  untilMs: number | undefined;
}

export class Commands {
  private readonly hooks: CommandHooks;
  private waiting: Waiting[] = [];
  /** Those that wait for a file, not for the world. */
  private readonly loading = new Set<Waiting>();
  /** The command that the terminal belongs to: what is typed is for it. */
  private readerId: number | undefined;
  private unread = '';

  constructor(hooks: CommandHooks) {
    this.hooks = hooks;
  }

  get isAnyWaiting(): boolean {
    return this.waiting.length + this.loading.size > 0;
  }

  /** When the first of the waiting wants to be woken at the latest; those that look at the past, before `nowMs`, are not woken by time. */
  nextWakeMs(nowMs: number): number {
    const moments = this.waiting.flatMap(({ untilMs, client }) => (untilMs === undefined || client.nowMs < nowMs ? [] : untilMs));
    return Math.min(...moments, Number.POSITIVE_INFINITY);
  }

  /** Runs a command until it waits or ends. Throws WriteInThePast where `client` does. */
  start(id: number, running: Running, client: Client): void {
    this.resume({ id, running, client, untilMs: undefined });
  }

  /** Wakes those whose time is up; all of them when the world has changed. */
  wake(hasChanged: boolean): void {
    const due = this.waiting.filter(({ untilMs, client }) => hasChanged || (untilMs !== undefined && untilMs <= client.nowMs));
    if (due.length === 0) return;
    this.waiting = this.waiting.filter((each) => !due.includes(each));
    for (const each of due) this.resume(each);
  }

  /** The entry of the command that reads what is typed; undefined: the terminal takes new lines. */
  get reader(): number | undefined {
    return this.readerId;
  }

  /** Something is typed for the command that reads. */
  type(text: string): void {
    this.unread += text;
    const reader = this.waiting.find(({ id }) => id === this.readerId);
    if (!reader) return;
    this.waiting = this.waiting.filter((each) => each !== reader);
    this.resume(reader);
  }

  /** What was typed for this command since it last asked. */
  typed(id: number): string | undefined {
    if (id !== this.readerId || this.unread === '') return undefined;
    const text = this.unread;
    this.unread = '';
    return text;
  }

  /** Ends everything that waits, as Ctrl C does. */
  interrupt(): void {
    const stopped = [...this.waiting, ...this.loading];
    this.waiting = [];
    this.loading.clear();
    for (const { id, running } of stopped) {
      running.return(130);
      this.end(id, 130);
    }
  }

  private end(id: number, exitCode: number): void {
    if (id === this.readerId) {
      this.unread = '';
      this.giveTerminal(undefined);
    }
    this.hooks.end(id, exitCode);
  }

  private giveTerminal(id: number | undefined): void {
    this.readerId = id;
    this.hooks.read(id);
  }

  private resume(command: Waiting): void {
    for (;;) {
      const { done, value } = command.running.next();
      if (done) return this.end(command.id, value);
      if (value.type === 'load') return this.load(command);
      if (value.type === 'edit') this.hooks.edit(value.key);
      else if (value.type === 'terminal') this.giveTerminal(command.id);
      else if (value.type === 'file') this.hooks.print(command.id, 'stdout', value.text);
      else if (value.type !== 'wait') this.hooks.print(command.id, value.type, value.text);
      else {
        this.waiting.push({ ...command, untilMs: value.untilMs });
        return;
      }
    }
  }

  private load(command: Waiting): void {
    this.loading.add(command);
    void loadDescriptions().then(() => {
      if (this.loading.delete(command)) this.resume(command);
    });
  }
}
