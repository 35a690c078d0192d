// Frame -> SVG. Keeps one element per item and per mark and writes only attributes that differ from what is there; an item that is
// the same object as in the frame before costs one comparison. The only file of the scene, with camera.ts, that touches the DOM.
import { clipPath } from './clips.ts';
import { type Item, LAYERS, type Layer } from './item.ts';
import { type Attribute, type Mark, REFERENCE } from './mark.ts';
import { PATTERNS } from './patterns.ts';

const SVG = 'http://www.w3.org/2000/svg';
/** The second set of patterns, which the camera's zoom is not undone on. */
const RAW = 'raw';

const PATTERN_IDS: ReadonlySet<string> = new Set(PATTERNS.map(({ id }) => id));

interface Drawn {
  mark: Mark;
  element: SVGElement;
  children: Drawn[];
}

interface DrawnItem {
  item: Item;
  /** When it was last looked at. */
  frame: number;
  readonly element: SVGGElement;
  marks: Drawn[];
  /** The transform's own objects: to set their numbers costs a fifth of writing the attribute. */
  readonly place: SVGTransform;
  size: SVGTransform | undefined;
}

export class SvgPainter {
  /** What the camera moves. */
  readonly world: SVGGElement;
  private readonly prefix: string;
  private readonly defs: SVGDefsElement;
  private readonly layers = new Map<Layer, SVGGElement>();
  private readonly drawn = new Map<string, DrawnItem>();
  private readonly references = new Set<string>();
  private items: readonly Item[] = [];
  /** What is to be painted, and what may have left. */
  private changed: Item[] = [];
  private missed: Item[] = [];
  private frame = 0;
  /** Whether the item being drawn is screen-sized. */
  private isRaw = false;
  /** Marks that were made once, and elements to copy for those that were made twice. */
  private readonly made = new WeakSet<Mark>();
  private readonly copies = new WeakMap<Mark, SVGElement>();

  /** `prefix` tells the names in one stage's `url(#…)` from another's. */
  constructor(svg: SVGSVGElement, prefix: string) {
    this.prefix = prefix;
    svg.replaceChildren();
    this.defs = append(svg, 'defs', {}) as SVGDefsElement;
    this.world = append(svg, 'g', {}) as SVGGElement;
    for (const layer of LAYERS) this.layers.set(layer, append(this.world, 'g', { class: `layer-${layer}` }) as SVGGElement);
    addPatterns(this.defs, prefix, this.references);
    addPatterns(this.defs, `${prefix}${RAW}`, this.references);
  }

  /** Paints what differs from the last picture; `isHalf` leaves the second half of it to `finish`, in a frame of its own. */
  paint(items: readonly Item[], isHalf = false): void {
    this.finish();
    this.frame++;
    this.compare(items);
    if (!isHalf) return this.finish();
    for (const item of this.changed.splice(0, this.changed.length >> 1)) this.paintItem(item);
  }

  /** Paints what a half picture left. */
  finish(): void {
    for (const item of this.changed) this.paintItem(item);
    for (const item of this.missed) this.removeUnlessPainted(item);
    this.changed = [];
    this.missed = [];
  }

  /** Walks the old list and the new one side by side, a step aside where one has an item more: only what differs is looked into. */
  private compare(items: readonly Item[]): void {
    const { items: before, changed, missed } = this;
    this.items = items;
    let at = 0;
    for (let i = 0; i < items.length; i++) {
      const item = items[i] as Item;
      let old = before[at];
      if (old !== item && old && before[at + 1] === item) {
        missed.push(old);
        old = before[++at];
      }
      if (old === item) at++;
      else {
        changed.push(item);
        if (!old || old === items[i + 1]) continue;
        if (old.id !== item.id) missed.push(old);
        at++;
      }
    }
    for (; at < before.length; at++) missed.push(before[at] as Item);
  }

  private removeUnlessPainted({ id }: Item): void {
    const drawn = this.drawn.get(id);
    if (!drawn || drawn.frame === this.frame) return;
    drawn.element.remove();
    this.drawn.delete(id);
  }

  /** The camera's place. Patterns keep their pitch on screen. */
  place(x: number, y: number, zoom: number): void {
    this.world.setAttribute('transform', `translate(${x} ${y}) scale(${zoom})`);
    for (const pattern of this.defs.querySelectorAll<SVGPatternElement>(`pattern:not([id^="${this.prefix}${RAW}"])`))
      pattern.setAttribute('patternTransform', `rotate(${pattern.dataset['rotate']}) scale(${1 / zoom})`);
  }

  private paintItem(item: Item): void {
    let drawn = this.drawn.get(item.id);
    if (!drawn) this.drawn.set(item.id, (drawn = this.begin(item)));
    const before = drawn.item;
    drawn.frame = this.frame;
    if (before === item) return;
    const { element } = drawn;
    if (before.layer !== item.layer) (this.layers.get(item.layer) as SVGGElement).append(element);
    if (before.x !== item.x || before.y !== item.y) drawn.place.setTranslate(item.x, item.y);
    if (before.scale !== item.scale) scaleTo(drawn, item.scale ?? 1);
    if (before.opacity !== item.opacity) setOrRemove(element, 'opacity', item.opacity);
    if (before.key !== item.key) setOrRemove(element, 'data-key', item.key);
    if (before.act !== item.act) setOrRemove(element, 'data-act', item.act);
    this.isRaw = item.isScreenSized === true;
    if (before.isScreenSized !== item.isScreenSized) drawn.marks = this.patchAll(element, drawn.marks, []);
    if (before.marks !== item.marks) drawn.marks = this.patchAll(element, drawn.marks, item.marks);
    drawn.item = item;
  }

  private begin(item: Item): DrawnItem {
    const element = document.createElementNS(SVG, 'g');
    (this.layers.get(item.layer) as SVGGElement).append(element);
    return {
      item: { id: item.id, layer: item.layer, x: Number.NaN, y: Number.NaN, marks: [] },
      frame: this.frame,
      element,
      marks: [],
      place: addTransform(element),
      size: undefined,
    };
  }

  private patchAll(parent: SVGElement, before: Drawn[], after: readonly Mark[]): Drawn[] {
    for (let i = 0; i < after.length; i++) {
      const mark = after[i] as Mark;
      const drawn = before[i];
      if (!drawn) before.push(this.make(mark, parent, undefined));
      else if (drawn.mark !== mark) before[i] = this.patch(drawn, mark, parent);
    }
    while (before.length > after.length) before.pop()?.element.remove();
    return before;
  }

  private patch(drawn: Drawn, mark: Mark, parent: SVGElement): Drawn {
    if (drawn.mark.tag !== mark.tag) {
      const made = this.make(mark, parent, drawn.element);
      drawn.element.remove();
      return made;
    }
    const { element, mark: before } = drawn;
    if (before.attrs !== mark.attrs) {
      for (const name in mark.attrs) {
        const value = mark.attrs[name] as Attribute;
        if (before.attrs[name] !== value) element.setAttribute(name, this.resolve(value));
      }
      for (const name in before.attrs) if (!(name in mark.attrs)) element.removeAttribute(name);
    }
    if (before.text !== mark.text) element.textContent = mark.text ?? '';
    if (before.children !== mark.children) drawn.children = this.patchAll(element, drawn.children, mark.children ?? []);
    drawn.mark = mark;
    return drawn;
  }

  private make(mark: Mark, parent: SVGElement, before: SVGElement | undefined): Drawn {
    const element = this.elementOf(mark);
    parent.insertBefore(element, before ?? null);
    return drawnOf(mark, element);
  }

  /** A new element for a mark. Marks are shared by what looks alike: from the second time on a copy is cheaper than making it anew. */
  private elementOf(mark: Mark): SVGElement {
    // What is sized by the screen refers to other patterns.
    if (this.isRaw) return this.build(mark);
    const copied = this.copies.get(mark);
    if (copied) return copied.cloneNode(true) as SVGElement;
    const element = this.build(mark);
    if (this.made.has(mark)) this.copies.set(mark, element.cloneNode(true) as SVGElement);
    else this.made.add(mark);
    return element;
  }

  private build(mark: Mark): SVGElement {
    const element = document.createElementNS(SVG, mark.tag);
    for (const name in mark.attrs) element.setAttribute(name, this.resolve(mark.attrs[name] as Attribute));
    if (mark.text !== undefined) element.textContent = mark.text;
    for (const child of mark.children ?? []) element.append(this.build(child));
    return element;
  }

  private resolve(value: Attribute): string {
    if (typeof value === 'number') return String(value);
    if (!value.startsWith(REFERENCE)) return value;
    const name = value.slice(REFERENCE.length);
    if (!this.references.has(name)) {
      this.references.add(name);
      addClip(this.defs, this.prefix, name);
    }
    return this.isRaw && PATTERN_IDS.has(name) ? `url(#${this.prefix}${RAW}-${name})` : `url(#${this.prefix}-${name})`;
  }
}

function drawnOf(mark: Mark, element: SVGElement): Drawn {
  const children = (mark.children ?? []).map((child, i) => drawnOf(child, element.children[i] as SVGElement));
  return { mark, element, children };
}

function scaleTo(drawn: DrawnItem, scale: number): void {
  if (!drawn.size && scale === 1) return;
  drawn.size ??= addTransform(drawn.element);
  drawn.size.setScale(scale, scale);
}

/** A transform of the element, after those it has. */
function addTransform(element: SVGGElement): SVGTransform {
  const list = element.transform.baseVal;
  return list.appendItem((element.ownerSVGElement as SVGSVGElement).createSVGTransform());
}

function setOrRemove(element: SVGElement, name: string, value: Attribute | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else element.setAttribute(name, String(value));
}

function addPatterns(defs: SVGDefsElement, prefix: string, references: Set<string>): void {
  for (const { id, width, height, rotate, look, marks } of PATTERNS) {
    references.add(id);
    const pattern = append(defs, 'pattern', {
      id: `${prefix}-${id}`,
      width,
      height,
      patternUnits: 'userSpaceOnUse',
      patternTransform: `rotate(${rotate})`,
      'data-rotate': rotate,
      ...(look ? { class: look } : {}),
    });
    for (const { tag, attrs } of marks) append(pattern, tag, attrs);
  }
}

function addClip(defs: SVGDefsElement, prefix: string, name: string): void {
  append(append(defs, 'clipPath', { id: `${prefix}-${name}` }), 'path', { d: clipPath(name) });
}

function append(parent: SVGElement, tag: string, attrs: Mark['attrs']): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const name in attrs) element.setAttribute(name, String(attrs[name]));
  parent.append(element);
  return element;
}
