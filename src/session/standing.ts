// The world that stands. It may begin as a tape, which the engine takes over from before the first deed; and where a part of the
// engine is missing for something, that is loaded and the world built anew with it, at the same moment of the same run.
import type { StoreApi } from 'zustand/vanilla';
import { MissingPart } from '../base/late.ts';
import type { Key } from '../kube/meta.ts';
import type { Setting } from '../scenario/library/library.ts';
import type { Engine } from './engine.ts';
import type { IsOverBudget, Playback } from './playback.ts';
import { Playhead } from './playhead.ts';
import type { Slices } from './runInSlices.ts';
import type { Script } from './script.ts';
import type { MadeWorld, SessionState, TerminalEntry } from './session.ts';
import { TapedWorld } from './tapedWorld.ts';
import type { World, WorldOptions } from './world.ts';

export type NamedSetting = Setting & { readonly name?: string };

/** All that a world follows from. */
export type Run = Pick<WorldOptions, 'scenario' | 'seed' | 'deeds' | 'dropped'>;

type Act = (live: World, engine: Engine) => void;

export interface StandingOptions {
  readonly store: StoreApi<SessionState>;
  readonly playback: Playback;
  /** The engine, or how to load it. */
  readonly engine: Engine | (() => Promise<Engine>);
  /** An object was asked for to be edited. */
  readonly onEdit: (key: Key) => void;
  /** The engine or a part of it did not come, or the world broke on its way. */
  readonly onFailure: (error: unknown) => void;
}

/** How long the engine may work in one frame on its way to where the tape is: the tape plays on meanwhile, in somebody's document perhaps. */
const BESIDE_TAPE_MS = 4;

export class Standing {
  readonly playhead: Playhead;
  engine: Engine | undefined;
  private readonly given: StandingOptions;
  private current: World | TapedWorld | undefined;
  /** What it began as; undefined for a tape. */
  private setting: NamedSetting | undefined;
  /** While the engine comes and runs to where the tape is, or a part of it that was missing, and runs to where the world was. */
  private waking: Promise<World | undefined> | undefined;

  constructor(given: StandingOptions) {
    this.given = given;
    this.engine = typeof given.engine === 'function' ? undefined : given.engine;
    this.playhead = new Playhead(given.store, () => this.world);
  }

  get world(): World | TapedWorld {
    return this.current as World | TapedWorld;
  }

  /** The world, unless it is a tape. */
  get live(): World | undefined {
    return this.current instanceof TapedWorld ? undefined : this.current;
  }

  /** Whether it broke off, and is built anew. */
  get isBroken(): boolean {
    return this.waking !== undefined && this.live !== undefined;
  }

  async loadEngine(): Promise<Engine> {
    const { engine } = this.given;
    this.engine ??= typeof engine === 'function' ? await engine() : engine;
    return this.engine;
  }

  /** Begins with a tape. */
  beginTape(taped: TapedWorld): void {
    this.current = taped;
  }

  /** Begins another world. What was on its way for the one before is dropped. */
  begin({ makeWorld }: Engine, setting: NamedSetting, run: Run, made?: MadeWorld): World {
    this.waking = undefined;
    this.setting = setting;
    const { live } = this.make(makeWorld, run, made);
    this.current = live;
    return live;
  }

  /** Acts in a world that lives: now, or when the engine has taken over from the tape. */
  whenLive(act: Act, isUrgent = true): void {
    const { live, world } = this;
    if (live && !this.waking) return this.actIn(live, act);
    if (isUrgent) this.given.store.setState({ isAwaited: true });
    if (world instanceof TapedWorld) this.wakeFrom(world);
    void this.waking?.then((woken) => woken && this.whenLive(act));
  }

  /** Runs on to a moment in slices between frames, through all that is built anew on the way. */
  async arrive(atMs: number): Promise<void> {
    const { store, playback } = this.given;
    // What lies after the end of a tape needs the engine.
    if (this.world instanceof TapedWorld && !this.world.runOn(atMs)) {
      this.whenLive(() => {});
      await this.waking;
    }
    for (;;) {
      const { live } = this;
      if (!live) return this.playhead.showEnd();
      const runOn = (isOverBudget: IsOverBudget): boolean => {
        const isThere = this.waking !== undefined || live.runOn(atMs, isOverBudget);
        this.playhead.showEnd();
        return isThere;
      };
      try {
        await this.engine?.runInSlices({ playback, store }, live, atMs, runOn);
      } catch (error) {
        if (!this.buildAnewAfter(error, live)) throw error;
      }
      // Built anew meanwhile: on from where that stands.
      if (!this.waking || !(await this.waking)) return;
    }
  }

  /** Builds a world anew that broke off because a part of the engine was missing; false for any other error. */
  buildAnewAfter(error: unknown, broken = this.live, run = broken && this.runOf(broken)): boolean {
    const { engine, given } = this;
    if (!(error instanceof MissingPart) || !broken || !run || !engine) return false;
    this.wakeWith(error, engine, () => this.replace(broken, engine, run, given));
    return true;
  }

  /** Acts; where a part of the engine is missing for that, again with it, in the world built anew if anything had come of the deed. */
  private actIn(live: World, act: Act): void {
    const engine = this.engine as Engine;
    const run = this.runOf(live);
    try {
      const missing = live.attempt(() => act(live, engine));
      if (!missing) return;
      const goOn = () => {
        if (this.current !== live) return undefined;
        if (this.given.store.getState().isPlaying) this.given.playback.start();
        return live;
      };
      this.wakeWith(missing, engine, goOn);
    } catch (error) {
      if (!this.buildAnewAfter(error, live, run)) throw error;
    }
    this.whenLive(act);
  }

  /** Time stands still until the part is there and `goOn` has found or made the world to go on with. */
  private wakeWith({ part }: MissingPart, { loadPart }: Engine, goOn: () => World | undefined | Promise<World | undefined>): void {
    this.given.playback.stop();
    this.wake(loadPart(part).then(goOn));
  }

  /** All that a world follows from: its beginning and what was done to it. */
  private runOf({ script }: { readonly script: Pick<Script, 'deeds' | 'dropped'> }): Run {
    const { scenario, seed } = this.given.store.getState();
    const began = this.setting ?? (this.engine as Engine).findScenario(scenario ?? '');
    return { scenario: began, seed, deeds: script.deeds, dropped: [...script.dropped] };
  }

  /** The engine comes, and runs to where the tape is: the tape plays on meanwhile, in somebody's document perhaps. */
  private wakeFrom(taped: TapedWorld): void {
    const slices = { ...this.given, isWaitedFor: () => this.given.store.getState().isAwaited, budgetMs: BESIDE_TAPE_MS };
    if (!this.waking) this.wake(this.loadEngine().then((engine) => this.replace(taped, engine, this.runOf(taped), slices)));
  }

  private wake(building: Promise<World | undefined>): void {
    const told = building.catch((error) => {
      this.given.onFailure(error);
      return undefined;
    });
    const done = told.finally(() => {
      if (this.waking !== done) return;
      this.waking = undefined;
      this.given.store.setState({ isAwaited: false });
    });
    this.waking = done;
  }

  /** Puts a world in the place of another, at the same moment of the same run; undefined when yet another was opened meanwhile. */
  private async replace(replaced: World | TapedWorld, { makeWorld, makeAt }: Engine, run: Run, slices: Slices): Promise<World | undefined> {
    const { live, printed } = await makeAt(() => this.make(makeWorld, run), replaced.cluster.nowMs, slices);
    if (this.current !== replaced) return undefined;
    const { playhead } = this;
    const { store, playback } = this.given;
    live.takeOver(store.getState().terminal);
    this.current = live;
    const { playheadMs, epoch, isPlaying } = store.getState();
    const { isInThePast } = playhead;
    store.setState({ terminal: printed(), epoch: epoch + 1, snapshot: live.cluster.viewAt(playheadMs) });
    if (!isInThePast) playhead.showEnd();
    if (isPlaying) playback.start();
    return live;
  }

  private make(makeWorld: Engine['makeWorld'], run: Run, made?: MadeWorld) {
    const { store, onEdit } = this.given;
    let terminal: readonly TerminalEntry[] = [];
    const callbacks: Omit<WorldOptions, keyof typeof run> = {
      onTerminal: (entries) => {
        terminal = entries;
        if (this.current === live) store.setState({ terminal });
      },
      onEdit,
      onReader: (reader) => store.setState({ reader }),
    };
    const live: World = makeWorld({ ...run, ...callbacks }, made);
    return { live, printed: () => terminal };
  }
}
