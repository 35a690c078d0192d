// The inside of one pod, outside React: it listens to the session's store and draws in one animation frame, when something changed.
// The same painter, camera and list of buttons as the stage of the cluster.

import type { Key } from '../../kube/meta.ts';
import { type Camera, createCamera } from '../../scene/camera.ts';
import type { SceneMessages } from '../../scene/captions.ts';
import { watchGestures } from '../../scene/gestures.ts';
import { freshFor, insideFrame, isCountingDown, rectOf } from '../../scene/inside/frame.ts';
import { insideSentence } from '../../scene/inside/happenings.ts';
import { layoutInside } from '../../scene/inside/layout.ts';
import type { InsideModel, PartId } from '../../scene/inside/model.ts';
import { insideMotion } from '../../scene/inside/motion.ts';
import type { InsideLayout } from '../../scene/inside/placed.ts';
import { insideRecord, readInside } from '../../scene/inside/read.ts';
import { type InsideRegion, insideTargets } from '../../scene/inside/targets.ts';
import { isTravelling } from '../../scene/inside/traffic.ts';
import type { InsideWords } from '../../scene/inside/words.ts';
import type { Size } from '../../scene/layout.ts';
import { SvgPainter } from '../../scene/svg.ts';
import type { Session } from '../../session/session.ts';
import { onScreen, sizeOf } from '../zoom.ts';
import { Announcer } from './announcer.ts';
import { ObjectList } from './objectList.ts';
import type { StageHosts } from './stageView.ts';

export interface InsideCallbacks {
  words(): InsideWords;
  messages(): SceneMessages;
  onMenu(key: Key, x: number, y: number): void;
  /** Whether the pod exists at the moment shown. */
  onThere(isThere: boolean): void;
}

/** Zoomed out so far below the whole, one is outside again; the way in needs 15% more. */
const LEAVE_AT = 0.87;
const LEAST_FIT = 0.88;
/** A page enlarged four times leaves a strip for the picture; its parts can be walked through still. */
const SHOWN_FROM = 8;
const NAMES_EVERY_MS = 500;
const REGIONS: readonly InsideRegion[] = ['network', 'containers', 'storage'];
let viewCount = 0;

export class InsideView {
  private readonly session: Session;
  private readonly pod: Key;
  private readonly hosts: StageHosts;
  private readonly callbacks: InsideCallbacks;
  private readonly painter: SvgPainter;
  private readonly camera: Camera;
  private readonly list: ObjectList<InsideRegion>;
  private readonly announcer: Announcer;
  private readonly endings: (() => void)[] = [];
  private size: Size = { width: 0, height: 0 };
  private fitZoom = 1;
  private model: InsideModel | undefined;
  private readOf: readonly unknown[] = [];
  private layout: InsideLayout | undefined;
  private drawnOf: readonly unknown[] = [];
  private hovered: PartId | undefined;
  private focused: PartId | undefined;
  private frameRequest = 0;
  private namesTimer = 0;
  private isFocusWanted: boolean;

  constructor(session: Session, pod: Key, hosts: StageHosts, callbacks: InsideCallbacks, isFocusWanted: boolean) {
    this.session = session;
    this.pod = pod;
    this.hosts = hosts;
    this.callbacks = callbacks;
    this.isFocusWanted = isFocusWanted;
    this.painter = new SvgPainter(hosts.svg, `inside${++viewCount}`);
    this.camera = createCamera(hosts.svg, {
      onMove: (x, y, zoom) => {
        this.painter.place(x, y, zoom);
        if (zoom < this.fitZoom * LEAVE_AT) session.leave();
        this.request();
      },
      mayBegin: (event) => event.type === 'wheel' || ((event as MouseEvent).button ?? 0) === 0,
      leastFit: LEAST_FIT,
      slack: 0.75,
    });
    this.camera.attach(watchGestures);
    this.announcer = new Announcer(hosts.live);
    this.list = new ObjectList<InsideRegion>(hosts.list, {
      regions: REGIONS,
      objectOf: () => pod,
      onFocus: (part) => this.focus(part),
      onOpen: (part) => session.choosePart(part),
      onSelect: (part) => session.choosePart(part),
      onMenu: (part) => this.menuAt(part),
      onEscape: () => this.back(),
      onZoom: (factor) => (factor === 'fit' ? this.camera.fit() : this.camera.zoomBy(factor)),
    });
    this.watchPointer();
    this.endings.push(session.store.subscribe(() => this.request()));
    const observer = new ResizeObserver(() => this.resize());
    observer.observe(hosts.root);
    this.endings.push(() => observer.disconnect());
    this.resize();
  }

  dispose(): void {
    cancelAnimationFrame(this.frameRequest);
    window.clearTimeout(this.namesTimer);
    for (const end of this.endings) end();
    this.camera.dispose();
  }

  /** Draws in the next frame; many calls, one frame. */
  request(): void {
    this.frameRequest ||= requestAnimationFrame((nowMs) => {
      this.frameRequest = 0;
      this.draw(nowMs);
    });
  }

  /** Esc lets go of the chosen part first. */
  back(): void {
    const { inside } = this.session.store.getState();
    if (inside?.part) this.session.choosePart(undefined);
    else this.session.leave();
  }

  private resize(): void {
    const { width, height } = sizeOf(this.hosts.root);
    this.size = { width: Math.round(width), height: Math.round(height) };
    this.request();
  }

  private draw(nowMs: number): void {
    if (this.size.width < SHOWN_FROM || this.size.height < SHOWN_FROM) return;
    const { playheadMs: atMs, speed, isMotionReduced, inside, isPlaying, snapshot } = this.session.store.getState();
    const layout = this.layoutNow();
    this.callbacks.onThere(layout !== undefined);
    if (!layout) return this.painter.paint([]);
    const [words, messages] = [this.callbacks.words(), this.callbacks.messages()];
    this.announcer.hear(this.session.cluster.changes, snapshot.seq, isPlaying, nowMs, {
      sentenceFor: (change) => insideSentence(change, this.pod, words),
      eventCount: words.eventCount,
    });
    this.nameLater();
    const { part } = inside ?? {};
    const { changes } = this.session.cluster;
    const motion = insideMotion({ changes, seq: snapshot.seq, pod: this.pod, atMs, speed, isReduced: isMotionReduced });
    const stamp = motion.size > 0 ? atMs : this.stampOf(layout, atMs, speed);
    const of = [layout, stamp, part, this.hovered, this.focused, words, speed, isMotionReduced];
    if (of.every((value, i) => value === this.drawnOf[i])) return;
    this.drawnOf = of;
    const focused = this.focused === undefined ? undefined : rectOf(this.focused, layout);
    const given = {
      layout,
      words,
      messages,
      atMs,
      speed,
      isReduced: isMotionReduced,
      selected: part,
      hovered: this.hovered,
      focused,
      motion,
    };
    this.painter.paint(insideFrame(given));
  }

  /** What the clock changes between two readings: whole seconds in the words, tenths in rings, everything while a request travels. */
  private stampOf(layout: InsideLayout, atMs: number, speed: number): number {
    if (isTravelling(layout, atMs, speed)) return atMs;
    const isFine = isCountingDown(layout, atMs) || freshFor(speed) < 1000;
    return Math.floor(atMs / (isFine ? 100 : 500)) + 0.5;
  }

  private layoutNow(): InsideLayout | undefined {
    const model = this.modelNow();
    if (!model) return (this.layout = undefined);
    if (this.layout?.model === model && this.layout.size === this.size) return this.layout;
    const layout = layoutInside(model, this.size);
    this.layout = layout;
    this.fitZoom = layout.isPhone ? 1 : Math.max(LEAST_FIT, Math.min(1, this.size.height / layout.content.height));
    this.camera.frame(this.size, layout.content, layout.isPhone);
    return layout;
  }

  private modelNow(): InsideModel | undefined {
    const { session, pod } = this;
    const { snapshot, epoch } = session.store.getState();
    // Most changes of a world are not of this pod.
    const of = [
      snapshot.get('Pod', pod),
      insideRecord(snapshot, pod),
      snapshot.list('Service'),
      snapshot.list('Event'),
      snapshot.list('Node'),
      epoch,
    ];
    if (this.readOf.length > 0 && of.every((value, i) => value === this.readOf[i])) return this.model;
    this.readOf = of;
    session.looks.read(session.cluster.changes);
    this.model = readInside(snapshot, pod, session.looks);
    return this.model;
  }

  // Pointer, keyboard, names

  private watchPointer(): void {
    const { svg } = this.hosts;
    const abort = new AbortController();
    const partAt = (event: Event): PartId | undefined =>
      (event.target instanceof Element && event.target.closest('[data-act]')?.getAttribute('data-act')) || undefined;
    svg.addEventListener('click', (event) => this.session.choosePart(partAt(event)), { signal: abort.signal });
    svg.addEventListener(
      'pointerover',
      (event) => {
        if (event.pointerType === 'mouse') this.hover(partAt(event));
      },
      { signal: abort.signal },
    );
    svg.addEventListener('pointerleave', () => this.hover(undefined), { signal: abort.signal });
    this.endings.push(() => abort.abort());
  }

  private hover(part: PartId | undefined): void {
    this.hovered = part;
    this.request();
  }

  private focus(part: PartId | undefined): void {
    // Only what the keyboard brought here gets the square; a click brings no focus ring.
    this.focused = part && document.activeElement?.matches(':focus-visible') ? part : undefined;
    const rect = this.focused && this.layout ? rectOf(this.focused, this.layout) : undefined;
    if (rect) this.reveal(rect.x + rect.width / 2, rect.y + rect.height / 2);
    this.request();
  }

  private reveal(stageX: number, stageY: number): void {
    const [x, y] = this.camera.toScreen(stageX, stageY);
    const margin = 70;
    const { width, height } = this.size;
    const by = (at: number, end: number) => (at < margin ? margin - at : Math.min(0, end - margin - at));
    if (by(x, width) !== 0 || by(y, height) !== 0) this.camera.panBy(width > 3 * margin ? by(x, width) : 0, by(y, height));
  }

  private menuAt(part: PartId): void {
    const rect = this.layout && rectOf(part, this.layout);
    if (!rect) return;
    const [x, y] = this.camera.toScreen(rect.x + rect.width / 2, rect.y + rect.height / 2);
    this.callbacks.onMenu(this.pod, ...onScreen(this.hosts.root, x, y));
  }

  /** Names are for those who listen: put together between frames, twice a second at most. */
  private nameLater(): void {
    if (this.namesTimer) return;
    const isFirst = this.isFocusWanted;
    this.namesTimer = window.setTimeout(
      () => {
        this.namesTimer = 0;
        this.nameParts();
      },
      isFirst ? 0 : NAMES_EVERY_MS,
    );
  }

  private nameParts(): void {
    const { layout } = this;
    if (!layout) return;
    const { playheadMs, inside } = this.session.store.getState();
    const words = this.callbacks.words();
    this.list.update(insideTargets(layout, words, playheadMs), words.regions, new Set(inside?.part ? [inside.part] : []));
    if (!this.isFocusWanted) return;
    this.isFocusWanted = false;
    this.list.focusFirst();
  }
}
