// The player: the stage of a session in a shadow root, with a bar to play, seek and act. No React. It plays the scenario from its tape;
// the engine comes only for what a tape does not hold: a deed, a manifest, another seed, or what lies after its end.
import { tapes } from 'virtual:tapes';
import type { PartName } from '../scenario/parts/all.ts';
import { createSession } from '../session/createSession.ts';
import { loadAround } from '../session/loadAround.ts';
import { loadEngine } from '../session/loadEngine.ts';
import { formatMoment } from '../session/selectors.ts';
import type { Building, Session } from '../session/session.ts';
import type { Tape } from '../session/tape.ts';
import { StageView } from '../ui/stage/stageView.ts';
import { actionsOf, moralOf, ownersIn } from './actions.ts';
import { DocumentLayout } from './documentLayout.ts';
import { loadFaces } from './face.ts';
import { iconOf } from './icons.ts';
import { readMoment } from './moment.ts';
import { adopt, buildParts, element, type Parts } from './parts.ts';
import { type EmbedWords, loadWords } from './texts.ts';
import type { TimeMarks } from './timeMarks.ts';
import { turns } from './turns.ts';
import type { EmbedOptions } from './words.ts';
import type { WorldState } from './worldElement.ts';

export type Tell = (type: 'play' | 'pause' | 'seek' | 'time' | 'end' | 'error', detail?: unknown) => void;

export interface Player {
  play(): void;
  pause(): void;
  /** Settles when the world is there, however far it had to run. */
  seek(atMs: number): Promise<void>;
  run(line: string): void;
  state(): WorldState;
  /** Out of sight: no frame and no timer. */
  rest(): void;
  resume(): void;
  setTheme(theme: 'light' | 'dark'): void;
  focus(): void;
  /** Settles when the picture stands. */
  readonly opened: Promise<void>;
  dispose(): void;
}

/** How far ahead one seek may run a world. */
const AHEAD_MAX_MS = 3_600_000;

export async function createPlayer(root: ShadowRoot, options: EmbedOptions, home: URL, tell: Tell): Promise<Player> {
  const parts = tapes[options.scenario] ? [] : await demandScenario(options);
  const needsEngine = options.lesson !== undefined || options.manifest !== undefined || options.run.length > 0 || (options.seed ?? 1) !== 1;
  const [words, tape, manifest] = await Promise.all([
    loadWords(options.language, options.scenario),
    needsEngine ? undefined : tapes[options.scenario]?.(),
    options.manifest === undefined
      ? undefined
      : import('./readManifest.ts').then(({ readManifest }) => readManifest(options.manifest ?? '', options.language)),
    loadFaces(),
  ]);
  if (tape) await loadAround(tape.parts);
  const session = await openSession(options, tape, parts, (building) => tellBuilding(root, building, words));
  session.select([]);
  const step = options.lesson === undefined ? undefined : await (await import('./lessonStep.ts')).openStep(session, options);
  if (manifest !== undefined) session.paste(manifest);
  for (const line of options.run) session.run(line);
  return new PlayerView(root, session, options, { ...words, step }, tape, home, tell);
}

/** The menu has more scenarios than there are tapes. Returns the parts that this one needs. */
async function demandScenario({ scenario, language }: EmbedOptions): Promise<readonly PartName[]> {
  const [{ scenarioNames }, { failure }, { untapedParts }] = await Promise.all([
    import('../scenario/library/names.ts'),
    import('./failure.ts'),
    import('../session/untaped.ts'),
  ]);
  const name = scenarioNames.find((one) => one === scenario);
  if (!name) throw await failure(language, ({ noScenario }) => noScenario(scenario.slice(0, 60)));
  return untapedParts[name] ?? [];
}

async function openSession(
  options: EmbedOptions,
  tape: Tape | undefined,
  parts: readonly PartName[],
  onBuilding: (building: Building) => void,
): Promise<Session> {
  const saidMs = readMoment(options.at) ?? readMoment(options.from) ?? tape?.show.fromMs;
  const common = {
    scenario: options.scenario,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.speed === undefined ? {} : { speed: options.speed }),
    language: options.language,
    isMotionReduced: matchMedia('(prefers-reduced-motion: reduce)').matches,
    frames: turns,
  };
  if (tape && (saidMs ?? 0) <= tape.endMs)
    return createSession({ ...common, tape, engine: () => loadEngine(tape.parts), ...(saidMs === undefined ? {} : { atMs: saidMs }) });
  // A lesson may ask for all of it, and waits for none.
  const engine = await loadEngine(options.lesson === undefined ? parts : undefined);
  const session = await engine.withParts(() => createSession({ ...common, engine, atMs: 0 }));
  const stop = session.store.subscribe(({ building }) => building && onBuilding(building));
  await session.arrive(saidMs ?? engine.findScenario(options.scenario).openAtMs);
  stop();
  return session;
}

/** The poster says how far the world is on its way, where that takes long. */
function tellBuilding(root: ShadowRoot, building: Building, words: EmbedWords): void {
  const small = root.querySelector('.poster small');
  if (small && 'toMs' in building) small.textContent = words.building(formatMoment(building.atMs), formatMoment(building.toMs));
}

class PlayerView implements Player {
  private readonly session: Session;
  private readonly options: EmbedOptions;
  private readonly words: EmbedWords;
  private readonly home: URL;
  private readonly tell: Tell;
  private readonly frame = document.createElement('div');
  private readonly stage: StageView;
  private readonly fromMs: number;
  private toMs: number;
  private readonly parts: Parts;
  private readonly endings: (() => void)[] = [];
  readonly opened: Promise<void>;
  private isOpen = false;
  private isResting = false;
  private wasPlaying = false;
  private shownSecond = -1;
  private timeMarks: TimeMarks | undefined;
  private said = '';

  constructor(root: ShadowRoot, session: Session, options: EmbedOptions, words: EmbedWords, tape: Tape | undefined, home: URL, tell: Tell) {
    this.session = session;
    this.options = options;
    this.words = words;
    this.home = home;
    this.tell = tell;
    this.fromMs = readMoment(options.from) ?? tape?.show.fromMs ?? 0;
    this.toMs = readMoment(options.to) ?? (tape && readMoment(options.at) === undefined ? tape.show.toMs : Number.POSITIVE_INFINITY);
    adopt(root);
    this.frame.className = 'frame';
    this.frame.toggleAttribute('data-readonly', options.isReadOnly);
    if (options.language === 'ko') void import('./hangul.ts').then(({ setHangul }) => setHangul(this.frame));
    this.parts = buildParts(this.frame, words, options);
    // Below the poster, until the picture stands.
    root.prepend(this.frame);
    const { root: host, svg, list, live } = this.parts;
    let tellOpened = () => {};
    this.opened = new Promise((resolve) => (tellOpened = resolve));
    const onOpened = () => {
      this.isOpen = true;
      tellOpened();
      void this.markTime();
      if (this.wasPlaying && !this.isResting) this.session.play();
    };
    const layout = new DocumentLayout({
      isWhole: options.view === 'stage',
      moralOf: (scene) => moralOf(scene, words),
      onFailure: (error) => session.notifyFailure(error),
    });
    this.stage = new StageView(
      session,
      { root: host, svg, list, live },
      {
        messages: () => words.scene,
        colouring: () => 'template',
        onMenu: () => {},
        onOpen: () => {},
        onSlip: () => {},
        frames: turns,
        onOpened,
        layout: (...given) => layout.at(...given),
        ...(options.canMove ? { watchGestures: async () => (await import('../scene/gestures.ts')).watchGestures } : {}),
      },
    );
    this.listen();
    this.endings.push(session.store.subscribe(() => this.show()));
    this.show();
  }

  play(): void {
    const { playheadMs, isPlaying } = this.session.store.getState();
    if (playheadMs >= this.toMs) this.session.seek(this.fromMs);
    if (!isPlaying) this.tell('play');
    if (this.isResting || !this.isOpen) this.wasPlaying = true;
    else this.session.play();
  }

  pause(): void {
    if (this.session.store.getState().isPlaying) this.tell('pause');
    this.wasPlaying = false;
    this.session.pause();
  }

  async seek(atMs: number): Promise<void> {
    const { session } = this;
    const toMs = Math.round(Math.min(Math.max(0, atMs), session.cluster.nowMs + AHEAD_MAX_MS));
    if (toMs > session.cluster.nowMs) await session.arrive(toMs);
    session.seek(toMs);
    this.tell('seek', { atMs });
  }

  run(line: string): void {
    if (this.options.isReadOnly) return;
    this.goOn();
    this.session.run(line);
  }

  /** Who acts wants to see what comes of it: the stretch that was to be shown has no end any more. */
  private goOn(): void {
    this.toMs = Number.POSITIVE_INFINITY;
  }

  state(): WorldState {
    const { scenario, playheadMs, endMs, isPlaying, snapshot } = this.session.store.getState();
    return {
      scenario,
      atMs: playheadMs,
      endMs,
      isPlaying: isPlaying || (this.wasPlaying && !this.isOpen),
      pods: snapshot.list('Pod').length,
    };
  }

  rest(): void {
    if (this.isResting) return;
    this.isResting = true;
    if (this.isOpen) this.wasPlaying = this.session.store.getState().isPlaying;
    this.session.pause();
  }

  resume(): void {
    if (!this.isResting) return;
    this.isResting = false;
    if (this.wasPlaying && this.isOpen) this.session.play();
  }

  setTheme(theme: 'light' | 'dark'): void {
    this.frame.dataset['theme'] = theme;
  }

  focus(): void {
    (this.parts.play ?? this.parts.full).focus();
  }

  dispose(): void {
    for (const end of this.endings) end();
    this.stage.dispose();
    this.session.dispose();
    this.frame.remove();
  }

  /** What stands over the bar is not needed for the first picture. */
  private async markTime(): Promise<void> {
    const { marks } = this.parts;
    if (!marks) return;
    const { TimeMarks } = await import('./timeMarks.ts');
    this.timeMarks = new TimeMarks(this.session, marks, ownersIn);
    this.shownSecond = -1;
    this.show();
  }

  private listen(): void {
    const { play, replay, time, full, speed, actions } = this.parts;
    play?.addEventListener('click', () => (this.session.store.getState().isPlaying ? this.pause() : this.play()));
    replay?.addEventListener('click', () => void this.seek(this.fromMs));
    time?.addEventListener('input', () => void this.seek(Number(time.value)));
    speed?.addEventListener('click', () => {
      const now = this.session.store.getState().speed;
      this.session.setSpeed(now === 1 ? 10 : now === 10 ? 100 : 1);
    });
    // Who comes near a deed is likely to do it: what that needs is on its way by then.
    for (const type of ['pointerenter', 'focusin']) actions?.addEventListener(type, () => void this.session.loadEngine().catch(() => {}));
    const { scenario, lesson, step, language } = this.options;
    if (lesson !== undefined) {
      full.href = new URL(`?${new URLSearchParams({ lesson, step: String(step), lang: language })}`, this.home).href;
      return;
    }
    // To the beginning of the same world, until it is pointed at: then the whole run goes with it, and what packs that has come.
    const lead = async () => {
      const { fullPage } = await import('./fullPage.ts');
      full.href = await fullPage(this.home, this.session);
    };
    full.href = new URL(`#${new URLSearchParams({ s: scenario, lang: language })}`, this.home).href;
    for (const type of ['pointerenter', 'focus']) full.addEventListener(type, () => void lead());
  }

  /** What the bar shows, once a second and whenever something was done. */
  private show(): void {
    const {
      playheadMs,
      endMs,
      isPlaying,
      speed: factor,
      notice,
      refusal,
      isAwaited,
      pendingFork,
      pendingPods,
    } = this.session.store.getState();
    // There is no place for the questions: the bar leads back to no other run, and so many pods are no document's business.
    if (pendingFork) return this.session.confirmFork(true);
    if (pendingPods !== undefined) {
      this.session.confirmPods('none');
      return this.session.notify(this.words.tooMany(pendingPods), { isError: true });
    }
    const told = notice ?? (refusal && { text: refusal.stderr.split('\n', 1)[0] ?? '', isError: true });
    this.say(isAwaited ? { text: this.words.coming, isError: false } : told);
    const { play, time, speed, clock } = this.parts;
    if (isPlaying && playheadMs >= this.toMs) {
      this.session.pause();
      this.tell('end');
      return;
    }
    const label = isPlaying ? this.words.pause : this.words.play;
    if (play && play.getAttribute('aria-label') !== label) {
      play.setAttribute('aria-label', label);
      play.replaceChildren(iconOf(isPlaying ? 'pause' : 'play'));
    }
    if (time) {
      const to = Number.isFinite(this.toMs) ? this.toMs : Math.max(endMs, this.fromMs + 1000);
      time.min = String(this.fromMs);
      time.max = String(to);
      time.value = String(playheadMs);
      time.style.setProperty('--share', `${(100 * (playheadMs - this.fromMs)) / Math.max(1, to - this.fromMs)}%`);
    }
    if (speed) speed.textContent = `${factor}×`;
    const second = Math.floor(playheadMs / 1000);
    if (second === this.shownSecond) return;
    this.shownSecond = second;
    time?.setAttribute('aria-valuetext', formatMoment(playheadMs));
    if (clock) clock.textContent = formatMoment(playheadMs);
    this.timeMarks?.show(this.fromMs, time ? Number(time.max) : 0);
    this.showActions();
    this.tell('time', { atMs: playheadMs });
  }

  /** What was done goes away by itself; what went wrong stays. */
  private say({ text, isError }: { readonly text: string; readonly isError: boolean } = { text: '', isError: false }): void {
    if (text === this.said) return;
    this.said = text;
    this.parts.status.replaceChildren(...(text ? [element('span', isError ? 'error' : '', text)] : []));
    if (isError) this.tell('error', new Error(text));
  }

  private showActions(): void {
    const { actions } = this.parts;
    if (!actions) return;
    const offered = this.options.isReadOnly ? [] : actionsOf(this.session, this.words);
    const ids = offered.map(({ id }) => id).join();
    if (actions.dataset['ids'] === ids) return;
    actions.dataset['ids'] = ids;
    actions.replaceChildren(
      ...offered.map(({ label, icon, run }) => {
        const button = element('button', 'action');
        button.type = 'button';
        if (icon) button.append(iconOf(icon));
        button.append(label);
        button.addEventListener('click', () => {
          this.goOn();
          run();
          this.play();
        });
        return button;
      }),
    );
  }
}
