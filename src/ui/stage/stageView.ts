// The stage outside React: it listens to the session's store and draws in one animation frame, and only when something changed or
// something moves. A still world costs nothing.
import type { Key } from '../../kube/meta.ts';
import { type Camera, createCamera, type WatchGestures } from '../../scene/camera.ts';
import type { SceneMessages } from '../../scene/captions.ts';
import { FrameMaker } from '../../scene/frame.ts';
import type { GlyphMotion } from '../../scene/frameInput.ts';
import type { Scene } from '../../scene/glyphs.ts';
import type { sentenceFor } from '../../scene/happenings.ts';
import type { Colouring, Heat } from '../../scene/heat.ts';
import type { Item, Rect } from '../../scene/item.ts';
import type { Layout, layoutStage, Size } from '../../scene/layout.ts';
import { nameOf } from '../../scene/names.ts';
import { type Region, targetsOf, traysNear } from '../../scene/pick.ts';
import { SvgPainter } from '../../scene/svg.ts';
import { HEAT_FROM } from '../../scene/trayLayout.ts';
import { namespaceFlag, shortName } from '../../session/lines.ts';
import { browserFrames, type FrameSource } from '../../session/playback.ts';
import type { Session, SessionState } from '../../session/session.ts';
import { changeLoad } from '../loads.ts';
import { onScreen, placeIn, sizeOf } from '../zoom.ts';
import { Announcer } from './announcer.ts';
import { FirstPicture } from './firstPicture.ts';
import type { LensView } from './Lens.tsx';
import { ObjectList } from './objectList.ts';
import { PlayedMotion } from './playedMotion.ts';
import { type Pointer, watchPointer } from './pointer.ts';
import type { SlipPlace } from './Slip.tsx';
import { SceneNow } from './sceneNow.ts';

export interface StageHosts {
  readonly root: HTMLElement;
  readonly svg: SVGSVGElement;
  readonly list: HTMLElement;
  readonly live: HTMLElement;
}

export interface StageCallbacks {
  messages(): SceneMessages;
  /** What the marks of the heat-map are coloured by. */
  colouring(): Colouring;
  /** A menu for the object, at a place of the page. */
  onMenu(key: Key, x: number, y: number): void;
  /** Double click and Enter. */
  onOpen(key: Key): void;
  /** The two-line slip, at a place of the stage's element; undefined takes it away. */
  onSlip(slip: SlipPlace | undefined): void;
  /** Loads what pans and zooms, where a person may. */
  readonly watchGestures?: () => Promise<WatchGestures>;
  /** How the stage is laid out; or when to ask again, where that has to be loaded. */
  readonly layout: (...given: Parameters<typeof layoutStage>) => Layout | Promise<void>;
  /** Where others want frames too. */
  readonly frames?: FrameSource;
  /** In a document of somebody else the first picture comes in pieces, a frame for each: told when it stands. */
  readonly onOpened?: () => void;
}

const NAMES_EVERY_MS = 400;
/** So many more pods than before come in pieces, each adding for so long; a shorter while beside somebody else's document. */
const NEW_PODS_MAX = 400;
const ADD_MS = 6;
const ADD_BESIDE_MS = 1.5;
const OBJECTS_LISTED_MAX = 400;
const LENS_TRAYS = 9;
/** From marks of nodes down to pods. */
const HEAT_ZOOM_MAX = 10;
/**
 * From so many pods on the world is read in one frame and drawn in the next, the second half of what differs with the reading after
 * it, so that no frame takes long.
 */
const CROWD = 100;
const SPRING_MS = 240;
const SLIP_HEIGHT = 70;
const SLIP_WIDTH = 330;
/** A pod so large on the stage is looked into; whoever comes out sees it 15% smaller at most. */
const ENTER_AT = 0.45;
const OUTSIDE_AT = ENTER_AT / 1.15;
const REGIONS: readonly Region[] = ['owners', 'queue', 'trays'];
let stageCount = 0;

export class StageView {
  readonly camera: Camera;
  private readonly session: Session;
  private readonly hosts: StageHosts;
  private readonly callbacks: StageCallbacks;
  private readonly frames: FrameSource;
  private readonly painter: SvgPainter;
  private readonly scene: SceneNow;
  private readonly motion: PlayedMotion;
  private readonly maker = new FrameMaker();
  private readonly list: ObjectList<Region>;
  private readonly announcer: Announcer;
  /** Undefined until it has come, which is soon after the first picture. */
  private sentenceFor: typeof sentenceFor | undefined;
  private readonly pointer: Pointer;
  private readonly endings: (() => void)[] = [];
  private isDisposed = false;
  private first: FirstPicture | undefined;
  /** How many pods there were when it was drawn last. */
  private podCount = 0;
  private size: Size = { width: 0, height: 0 };
  private layout: Layout | undefined;
  private laidOutIn: SceneMessages | undefined;
  /** What was read and is not drawn yet. */
  private read: { readonly layout: Layout; readonly seq: number } | undefined;
  private heatMap: typeof import('../../scene/heat.ts') | undefined;
  private focused: Key | undefined;
  private isInside = false;
  private frameRequest = 0;
  private namesDueMs = 0;
  private namesTimer = 0;
  private drag: { readonly key: Key; readonly dx: number; readonly dy: number; readonly releasedMs: number | undefined } | undefined;

  constructor(session: Session, hosts: StageHosts, callbacks: StageCallbacks) {
    this.session = session;
    this.hosts = hosts;
    this.callbacks = callbacks;
    this.frames = callbacks.frames ?? browserFrames;
    this.scene = new SceneNow(session);
    this.motion = new PlayedMotion(session);
    this.painter = new SvgPainter(hosts.svg, `stage${++stageCount}`);
    if (callbacks.onOpened) this.first = new FirstPicture(this.painter, ADD_BESIDE_MS);
    this.camera = createCamera(hosts.svg, {
      onMove: (x, y, zoom, source) => {
        this.painter.place(x, y, zoom);
        callbacks.onSlip(undefined);
        this.enterWhenNear(zoom, source);
        this.request();
      },
      mayBegin: (event) => this.pointer.mayPan(event),
    });
    if (callbacks.watchGestures) void this.attachGestures(callbacks.watchGestures);
    this.announcer = new Announcer(hosts.live);
    void import('../../scene/happenings.ts').then((happenings) => (this.sentenceFor = happenings.sentenceFor));
    this.list = new ObjectList<Region>(hosts.list, {
      regions: REGIONS,
      onFocus: (key) => this.focus(key),
      onOpen: (key) => this.open(key),
      onSelect: (key, isAdding) => this.select(key, isAdding),
      onMenu: (key) => this.menuAt(key),
      onEscape: () => session.select([]),
      onZoom: (factor) => (factor === 'fit' ? this.camera.fit() : this.camera.zoomBy(factor)),
    });
    this.pointer = watchPointer(hosts.svg, {
      layout: () => this.layout,
      camera: this.camera,
      onHover: (key, box) => this.hover(key, box),
      onPress: (key, isAdding) => (key ? this.select(key, isAdding) : session.select([])),
      onOpen: (key) => this.open(key),
      onAct: (act, key) => this.act(act, key),
      onLasso: (keys) => session.select(keys),
      onDrag: (drag) => this.dragPod(drag),
    });
    this.endings.push(session.store.subscribe(() => this.request()));
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(hosts.root);
    this.endings.push(() => observer.disconnect());
    // The first observation comes soon; to ask for the size at once would make the page settle its layout.
    if (!this.first) this.resize();
  }

  private async attachGestures(load: () => Promise<WatchGestures>): Promise<void> {
    const watch = await load();
    if (!this.isDisposed) this.camera.attach(watch);
  }

  dispose(): void {
    this.isDisposed = true;
    this.frames.cancel(this.frameRequest);
    window.clearTimeout(this.namesTimer);
    for (const end of this.endings) end();
    this.pointer.dispose();
    this.camera.dispose();
  }

  /** Gives an object's button the focus. */
  focusOn(key: Key): void {
    this.list.focus(key);
  }

  /** What the lens shows at a place of the page; without one, at the object that has the focus. */
  lensAt(point: readonly [number, number] | undefined): LensView | undefined {
    const { layout, camera, size } = this;
    if (!layout) return undefined;
    const focused = targetsOf(layout).find(({ key }) => key === this.focused);
    const at = point ? camera.toStage(...placeIn(this.hosts.root, point[0], point[1])) : focused && ([focused.x, focused.y] as const);
    if (!at) return undefined;
    const found = traysNear(layout, at, LENS_TRAYS);
    if (found.length === 0) return undefined;
    const [left, top] = camera.toScreen(Math.min(...found.map(({ rect }) => rect.x)), Math.min(...found.map(({ rect }) => rect.y)));
    const [right, bottom] = camera.toScreen(
      Math.max(...found.map(({ rect }) => rect.x + rect.width)),
      Math.max(...found.map(({ rect }) => rect.y + rect.height)),
    );
    const spot = { x: left - 3, y: top - 3, width: right - left + 6, height: bottom - top + 6 };
    return { trays: found.map(({ tray }) => tray), spot, stage: size };
  }

  /** Brings this part of the screen near. */
  goTo(spot: Rect | undefined): void {
    if (!spot) return;
    const { camera, size } = this;
    const [x, y] = camera.toStage(spot.x + spot.width / 2, spot.y + spot.height / 2);
    camera.goTo(x, y, camera.zoom * Math.min(size.width / spot.width, size.height / spot.height) * 0.8);
  }

  /** Draws in the next frame; many calls, one frame. */
  request(): void {
    this.frameRequest ||= this.frames.request((nowMs) => {
      this.frameRequest = 0;
      this.draw(nowMs);
    });
  }

  private resize(): void {
    const { width, height } = sizeOf(this.hosts.root);
    this.size = { width: Math.round(width), height: Math.round(height) };
    this.request();
  }

  private draw(nowMs: number): void {
    const { session, callbacks } = this;
    if (this.size.width < 40 || this.size.height < 40) return;
    const state = session.store.getState();
    const hasLeft = this.isInside && !state.inside;
    // What lies behind the inside of a pod stands still.
    if (this.isInside && state.inside) return;
    this.isInside = state.inside !== undefined;
    if (hasLeft) this.stepBack();
    const messages = callbacks.messages();
    const { length } = state.snapshot.list('Pod');
    if (length - this.podCount > NEW_PODS_MAX) this.first ??= new FirstPicture(this.painter, ADD_MS);
    this.podCount = length;
    if (this.first && this.isPreparing(this.first, messages)) return this.request();
    // Who stands still sees this very moment.
    if (!this.read || !state.isPlaying) {
      const layout = this.layoutFor(messages);
      if (!layout) return;
      this.read = { layout, seq: state.snapshot.seq };
      this.announcer.hear(session.cluster.changes, state.snapshot.seq, state.isPlaying && !hasLeft, nowMs, {
        sentenceFor: (change) => this.sentenceFor?.(change, session.looks, messages),
        eventCount: messages.eventCount,
      });
      if (isCrowd(this.read.layout, state)) {
        this.painter.finish();
        return this.request();
      }
    }
    const { layout, seq } = this.read;
    this.read = undefined;
    const played = this.motion.at(layout, seq, nowMs);
    const motion = this.drag ? { ...played, pods: new Map([...played.pods, [this.drag.key, this.dragged(nowMs)]]) } : played;
    const selection = new Set(state.selection);
    const items = this.maker.make({
      layout,
      messages,
      atMs: state.playheadMs,
      selection,
      hovered: state.hovered,
      focused: this.focused,
      motion,
      zoom: this.camera.zoom,
    });
    const { lesson } = state;
    const isHalf = isCrowd(layout, state);
    this.paint(lesson ? [...items, ...lesson.drawAsked(layout, lesson, messages)] : items, isHalf);
    this.nameLater(nowMs);
    const isMoving = state.isPlaying && (motion.pods.size > 0 || motion.extras.length > 0);
    if (isHalf || isMoving || this.motion.isStepping || this.drag?.releasedMs !== undefined) this.request();
  }

  private paint(items: readonly Item[], isHalf: boolean): void {
    if (!this.first) return this.painter.paint(items, isHalf);
    if (!this.first.paint(items)) return this.request();
    this.first = undefined;
    this.callbacks.onOpened?.();
  }

  /** What comes before a first picture that comes in pieces, each in a frame of its own. */
  private isPreparing(first: FirstPicture, messages: SceneMessages): boolean {
    const part = [() => this.scene.read(), () => this.layoutFor(messages)][first.prepared++];
    part?.();
    return part !== undefined;
  }

  /** The scene changes with what is written into the world; the layout when the scene, the size or the language does. */
  private layoutFor(messages: SceneMessages): Layout | undefined {
    const scene = this.scene.read();
    const known = this.layout;
    const heat = this.heatFor(scene);
    if (known && known.scene === scene && known.size === this.size && this.laidOutIn === messages && known.heat?.id === heat?.id)
      return known;
    const layout = this.callbacks.layout(scene, this.size, messages, heat);
    if (layout instanceof Promise) {
      void layout.then(() => this.request());
      return undefined;
    }
    this.layout = layout;
    this.laidOutIn = messages;
    this.camera.frame(this.size, layout.content, layout.isPhone, heat ? HEAT_ZOOM_MAX : this.closest(layout));
    return layout;
  }

  private heatFor(scene: Scene): Heat | undefined {
    if (scene.trays.length < HEAT_FROM) return undefined;
    if (!this.heatMap) {
      // Until it has come, the nodes are small trays.
      void import('../../scene/heat.ts').then((loaded) => {
        this.heatMap = loaded;
        this.request();
      });
      return undefined;
    }
    return this.heatMap.heatOf(scene, this.callbacks.colouring(), new Set(this.session.store.getState().selection));
  }

  // Going inside by coming closer

  private get shortSide(): number {
    return Math.min(this.size.width, this.size.height);
  }

  /** How near one can come: a little nearer than it takes to go inside. */
  private closest({ plan }: Layout): number {
    return Math.max(4, (1.1 * ENTER_AT * this.shortSide) / plan.grid.d);
  }

  private enterWhenNear(zoom: number, source: Event | undefined): void {
    const { layout, session } = this;
    if (!layout || this.isInside || layout.plan.grid.d * zoom < ENTER_AT * this.shortSide) return;
    const { width, height } = this.size;
    const at = source instanceof MouseEvent ? placeIn(this.hosts.root, source.clientX, source.clientY) : ([width / 2, height / 2] as const);
    const [x, y] = this.camera.toStage(...at);
    const { d } = layout.plan.grid;
    const under = layout.pods.list.find((pod) => !pod.inLane && Math.hypot(pod.x - x, pod.y - y) < 0.6 * d);
    const key = this.focused && layout.pods.has(this.focused) ? this.focused : under?.pod.key;
    if (key) session.enter(key);
  }

  private stepBack(): void {
    const { layout, camera } = this;
    if (!layout) return;
    const factor = (OUTSIDE_AT * this.shortSide) / (layout.plan.grid.d * camera.zoom);
    if (factor < 1) camera.zoomBy(factor);
  }

  // What a person does

  private select(key: Key, isAdding: boolean): void {
    const { selection } = this.session.store.getState();
    if (!isAdding) this.session.select([key]);
    else this.session.select(selection.includes(key) ? selection.filter((one) => one !== key) : [...selection, key]);
  }

  private open(key: Key): void {
    this.session.select([key]);
    this.callbacks.onOpen(key);
  }

  private hover(key: Key | undefined, box?: DOMRect): void {
    if (this.session.store.getState().hovered !== key) this.session.hover(key);
    this.callbacks.onSlip(key && box && this.layout?.scene.pods.has(key) ? this.slipAt(key, box) : undefined);
  }

  /** Above the glyph, or below where there is no room; never over the stage's edge. */
  private slipAt(key: Key, box: DOMRect): SlipPlace {
    const { width } = this.size;
    const [middle, top] = placeIn(this.hosts.root, box.left + box.width / 2, box.top);
    const [, bottom] = placeIn(this.hosts.root, box.left, box.bottom);
    const isBelow = top < SLIP_HEIGHT;
    const half = Math.min(SLIP_WIDTH, width) / 2;
    return { key, x: Math.max(half, Math.min(width - half, middle)), y: isBelow ? bottom : top, isBelow };
  }

  private focus(key: Key | undefined): void {
    // Only what the keyboard brought here gets the square; a click brings no focus ring.
    this.focused = key && document.activeElement?.matches(':focus-visible') ? key : undefined;
    this.session.hover(this.focused);
    const target = this.focused && this.layout && targetsOf(this.layout).find((one) => one.key === key);
    if (target) this.reveal(target.x, target.y);
    this.request();
  }

  /** Pans so that this point of the stage is in view. */
  private reveal(stageX: number, stageY: number): void {
    const [x, y] = this.camera.toScreen(stageX, stageY);
    const margin = 60;
    const dx = x < margin ? margin - x : Math.min(0, this.size.width - margin - x);
    const dy = y < margin ? margin - y : Math.min(0, this.size.height - margin - y);
    if (x < 0 || y < 0 || x > this.size.width || y > this.size.height) this.camera.panBy(dx, dy);
  }

  private menuAt(key: Key): void {
    const target = this.layout && targetsOf(this.layout).find((one) => one.key === key);
    if (!target) return;
    const [x, y] = onScreen(this.hosts.root, ...this.camera.toScreen(target.x, target.y));
    this.callbacks.onMenu(key, x, y);
  }

  /** What a stepper on the stage does. */
  private act(act: string, key: Key): void {
    if (act === 'more' || act === 'fewer') return this.scale(key, act === 'more' ? 1 : -1);
    const scaler = this.layout?.scalers.find((one) => one.scaler.key === key)?.scaler;
    if (scaler) changeLoad(this.session, scaler, act === 'heavier' ? 1 : -1);
  }

  private scale(key: Key, by: number): void {
    const { object, wants = 0 } = this.layout?.cards.find((card) => card.owner.key === key)?.owner ?? {};
    if (!object || wants + by < 0) return;
    this.session.run(`kubectl scale ${shortName(object)} --replicas=${wants + by}${namespaceFlag(object)}`);
  }

  /** A pod follows the pointer a little and springs back: it never moves to another tray. */
  private dragPod(drag: { readonly key: Key; readonly dx: number; readonly dy: number } | undefined): void {
    if (drag) this.drag = { ...drag, releasedMs: undefined };
    else if (this.drag) {
      this.drag = { ...this.drag, releasedMs: performance.now() };
      this.session.notify(this.callbacks.messages().podNeverMoves);
    }
    this.request();
  }

  private dragged(nowMs: number): GlyphMotion {
    const { dx = 0, dy = 0, releasedMs } = this.drag ?? {};
    const left = releasedMs === undefined ? 1 : Math.max(0, 1 - (nowMs - releasedMs) / SPRING_MS);
    if (left === 0) this.drag = undefined;
    return { dx: dx * left * left, dy: dy * left * left };
  }

  // For those who listen

  /** Names are for those who listen, so they are put together between frames and a few times a second at most. */
  private nameLater(nowMs: number): void {
    if (this.namesTimer) return;
    this.namesTimer = window.setTimeout(
      () => {
        this.namesTimer = 0;
        this.namesDueMs = performance.now() + NAMES_EVERY_MS;
        this.nameObjects();
      },
      Math.max(0, this.namesDueMs - nowMs),
    );
  }

  private nameObjects(): void {
    const { layout } = this;
    if (!layout) return;
    const messages = this.callbacks.messages();
    const { playheadMs, selection } = this.session.store.getState();
    const entries = targetsOf(layout)
      .slice(0, OBJECTS_LISTED_MAX)
      .map((target) => ({ ...target, name: nameOf(target.key, layout, messages, playheadMs) ?? target.key }));
    this.list.update(entries, messages.regions, new Set(selection));
  }
}

function isCrowd({ pods }: Layout, { isPlaying }: SessionState): boolean {
  return isPlaying && pods.size >= CROWD;
}
