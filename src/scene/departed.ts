// What is seen of a pod that has left: its glyph as it was, and then the dashed place where it stood.
import { rememberedBy } from '../base/remembered.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { podGlyph } from './glyph.ts';
import type { TrayGlyph } from './glyphs.ts';
import { type Mark, mark } from './mark.ts';
import type { PodRecord } from './podRecord.ts';
import { podState } from './podState.ts';
import { type Shape, shapePath } from './shapes.ts';

interface Gone {
  readonly node: Node;
  readonly d: number;
  readonly marks: readonly Mark[];
}

const goneGlyphs = new WeakMap<Pod, Gone>();

/** A pod as it was when it left. */
export function goneMarks(pod: Pod, record: PodRecord, { node, state }: TrayGlyph, d: number, leftMs: number): readonly Mark[] {
  let known = goneGlyphs.get(pod);
  if (known?.node !== node || known.d !== d) {
    const ground = state === 'notReady' ? 'lost' : 'tray';
    known = { node, d, marks: [podGlyph(record.look, podState(pod, node, leftMs, record), d, ground)] };
    goneGlyphs.set(pod, known);
  }
  return known.marks;
}

/** The dashed place of a pod that left. */
export const freePlace = rememberedBy(
  500,
  (shape: Shape, d: number) => `${shape}${d}`,
  (shape, d): readonly Mark[] => [
    mark('path', { d: shapePath(shape, d), fill: 'none', stroke: 'var(--line)', 'stroke-width': 1.3, 'stroke-dasharray': '3 4' }),
  ],
);
