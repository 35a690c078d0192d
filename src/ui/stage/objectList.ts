// A picture for those who do not see it or do not use a pointer: one button per object, named in full, in groups (owners, queue, nodes;
// inside a pod its network, containers, volumes). Tab goes from group to group, arrows to the nearest object on the picture. Kept by hand, not by React: names of some
// two hundred objects change while a world runs, and only the changed ones may cost anything.
import type { Key } from '../../kube/meta.ts';
import { type Direction, nearest, type Target } from '../../scene/pick.ts';

export interface ObjectListOptions<R extends string> {
  readonly regions: readonly R[];
  /** The object whose menu and letters belong to a button, where it is not the button's own key. */
  readonly objectOf?: () => Key;
  onFocus(key: Key | undefined): void;
  /** Enter: look inside. Space: select; with Shift, add. */
  onOpen(key: Key): void;
  onSelect(key: Key, isAdding: boolean): void;
  onMenu(key: Key): void;
  /** + − 0 */
  onZoom(factor: number | 'fit'): void;
  onEscape(): void;
}

export interface ObjectEntry<R extends string> extends Target<R> {
  readonly name: string;
}

const DIRECTIONS: Readonly<Record<string, Direction>> = { ArrowLeft: 'left', ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down' };
const ZOOMS: Readonly<Record<string, number | 'fit'>> = { '+': 1.25, '=': 1.25, '-': 0.8, '0': 'fit' };

export class ObjectList<R extends string> {
  private readonly options: ObjectListOptions<R>;
  private readonly groups = new Map<R, HTMLElement>();
  private readonly buttons = new Map<Key, HTMLButtonElement>();
  private entries: readonly ObjectEntry<R>[] = [];
  private readonly current = new Map<R, Key>();

  constructor(root: HTMLElement, options: ObjectListOptions<R>) {
    this.options = options;
    root.replaceChildren();
    for (const region of options.regions) {
      const group = document.createElement('div');
      group.setAttribute('role', 'group');
      this.groups.set(region, group);
      root.append(group);
    }
    root.addEventListener('keydown', (event) => this.onKey(event));
    root.addEventListener('focusin', (event) => this.onFocusIn(event));
    root.addEventListener('focusout', () => options.onFocus(undefined));
    // The page's own menu would open where the button is; the picture is elsewhere.
    root.addEventListener('contextmenu', (event) => {
      const key = keyOf(event.target);
      event.preventDefault();
      event.stopPropagation();
      if (key) options.onMenu(key);
    });
    root.addEventListener('click', (event) => {
      const key = keyOf(event.target);
      if (key) options.onSelect(key, (event as MouseEvent).shiftKey);
    });
  }

  update(entries: readonly ObjectEntry<R>[], regionNames: Readonly<Record<R, string>>, selection: ReadonlySet<Key>): void {
    this.entries = entries;
    // What is gone makes room first: else all that follow it would be moved past it.
    this.removeOthers(entries);
    const last = new Map<R, HTMLButtonElement>();
    for (const entry of entries) {
      const button = this.buttonFor(entry, last.get(entry.region));
      last.set(entry.region, button);
      if (button.getAttribute('aria-label') !== entry.name) button.setAttribute('aria-label', entry.name);
      const isPressed = String(selection.has(entry.key));
      if (button.getAttribute('aria-pressed') !== isPressed) button.setAttribute('aria-pressed', isPressed);
    }
    for (const region of this.options.regions) {
      const group = this.groups.get(region) as HTMLElement;
      if (group.getAttribute('aria-label') !== regionNames[region]) group.setAttribute('aria-label', regionNames[region]);
      this.keepOneTabStop(region);
    }
  }

  private removeOthers(entries: readonly ObjectEntry<R>[]): void {
    const kept = new Set(entries.map(({ key }) => key));
    for (const [key, button] of this.buttons) {
      if (kept.has(key)) continue;
      button.remove();
      this.buttons.delete(key);
    }
  }

  focus(key: Key): void {
    this.buttons.get(key)?.focus({ preventScroll: true });
  }

  focusFirst(): void {
    const [first] = this.entries;
    if (first) this.focus(this.current.get(first.region) ?? first.key);
  }

  private buttonFor({ key, region }: ObjectEntry<R>, after: HTMLButtonElement | undefined): HTMLButtonElement {
    const group = this.groups.get(region) as HTMLElement;
    let button = this.buttons.get(key);
    if (!button) {
      button = document.createElement('button');
      button.type = 'button';
      button.tabIndex = -1;
      button.dataset['object'] = this.options.objectOf?.() ?? key;
      button.dataset['target'] = key;
      this.buttons.set(key, button);
    }
    // A focused button keeps its focus only while it stays in its place in the document.
    const place = after ? after.nextSibling : group.firstChild;
    if (button.parentElement !== group || (place !== button && document.activeElement !== button)) group.insertBefore(button, place);
    return button;
  }

  private keepOneTabStop(region: R): void {
    const inRegion = this.entries.filter((entry) => entry.region === region);
    const key = this.current.get(region);
    const stop = inRegion.find((entry) => entry.key === key) ?? inRegion[0];
    if (stop) this.current.set(region, stop.key);
    for (const entry of inRegion) {
      const button = this.buttons.get(entry.key) as HTMLButtonElement;
      const tabIndex = entry === stop ? 0 : -1;
      if (button.tabIndex !== tabIndex) button.tabIndex = tabIndex;
    }
  }

  private onFocusIn(event: FocusEvent): void {
    const key = keyOf(event.target);
    const entry = this.entries.find((one) => one.key === key);
    if (!entry) return;
    this.current.set(entry.region, entry.key);
    this.keepOneTabStop(entry.region);
    this.options.onFocus(entry.key);
  }

  private onKey(event: KeyboardEvent): void {
    const key = keyOf(event.target);
    const from = this.entries.find((entry) => entry.key === key);
    if (!from || event.ctrlKey || event.metaKey || event.altKey) return;
    const direction = DIRECTIONS[event.key];
    const zoom = ZOOMS[event.key];
    if (direction) {
      const to = nearest(this.entries, from, direction);
      if (to) this.focus(to.key);
    } else if (event.key === 'Enter') this.options.onOpen(from.key);
    else if (zoom) this.options.onZoom(zoom);
    else if (event.key === 'Escape') this.options.onEscape();
    else if (event.key === ' ') this.options.onSelect(from.key, event.shiftKey);
    else if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) this.options.onMenu(from.key);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }
}

function keyOf(target: EventTarget | null): Key | undefined {
  return target instanceof HTMLElement ? target.dataset['target'] : undefined;
}
