// The cutters over the time bar of a world in a document: each stands where its owner was given it. Where two would overlap, the earlier
// stands.
import { type KubeObject, keyOf, type Snapshot } from '../kube/meta.ts';
import { cutter } from '../scene/glyph.ts';
import { markupOf } from '../scene/markup.ts';
import type { Look } from '../scene/podRecord.ts';
import type { Session } from '../session/session.ts';

const D = 18;
const APART = 22;

type OwnersIn = (snapshot: Snapshot) => readonly KubeObject[];

export class TimeMarks {
  private readonly session: Session;
  private readonly box: HTMLElement;
  private readonly ownersIn: OwnersIn;
  private drawn = '';

  constructor(session: Session, box: HTMLElement, ownersIn: OwnersIn) {
    this.session = session;
    this.box = box;
    this.ownersIn = ownersIn;
  }

  /** Between the ends of the bar. */
  show(fromMs: number, toMs: number): void {
    const width = this.box.clientWidth;
    const given = this.givenUpTo(toMs).filter(({ atMs }) => atMs >= fromMs);
    const drawn = `${width} ${fromMs} ${toMs} ${given.map(({ atMs }) => atMs).join()}`;
    if (drawn === this.drawn) return;
    this.drawn = drawn;
    let free = Number.NEGATIVE_INFINITY;
    const items = given.flatMap(({ atMs, look }) => {
      const x = Math.round((width * (atMs - fromMs)) / Math.max(1, toMs - fromMs));
      if (x < free) return [];
      free = x + APART;
      return [{ id: String(atMs), layer: 'glyphs' as const, x, y: D / 2 + 1, marks: [cutter(look, D, 'canvas')] }];
    });
    const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    svg.setAttribute('class', 'stage podglyph on-canvas');
    svg.innerHTML = markupOf(items);
    this.box.replaceChildren(svg);
  }

  private givenUpTo(toMs: number): { readonly atMs: number; readonly look: Look }[] {
    const { cluster, looks } = this.session;
    looks.read(cluster.changes);
    return this.ownersIn(cluster.snapshot())
      .flatMap((owner) => looks.templatesOf(keyOf(owner), Number.POSITIVE_INFINITY))
      .map(({ hash, atMs }) => ({ look: looks.ofHash(hash), atMs }))
      .filter(({ atMs }) => atMs <= toMs)
      .sort((a, b) => a.atMs - b.atMs);
  }
}
