// A pod on the stage: its glyph where it stands or is on its way, its disk, and the words under it.
import { clock, fit, fitPodName, POD_NAME, type SceneMessages, textWidth } from './captions.ts';
import { claimOf, diskBeside } from './disk.ts';
import type { FrameInput, GlyphMotion } from './frameInput.ts';
import { outline, podGlyph } from './glyph.ts';
import { HAND_OWNER } from './glyphs.ts';
import type { Item } from './item.ts';
import { caption, type Mark } from './mark.ts';
import type { PlacedPod } from './placed.ts';
import { isTrouble, type PodState } from './podState.ts';
import { round } from './shapes.ts';

/** Around a pod that is pointed at, and a thicker one around one that is selected. */
export type Ring = 'none' | 'thin' | 'thick';

export function podItem(
  placed: PlacedPod,
  state: PodState,
  motion: GlyphMotion | undefined,
  input: FrameInput,
  drawnD: number,
  ring: Ring,
  marks = podMarks(placed, state, motion, input, drawnD, ring),
): Item {
  const { pod, d: size } = placed;
  const isScreenSized = size !== drawnD;
  // What nobody hears of stands as it was last seen: it does not shrink when it is marked for deletion.
  const scale = state.name === 'lost' && motion?.x === undefined ? undefined : motion?.scale;
  return {
    id: pod.key,
    key: pod.key,
    layer: motion?.x !== undefined || motion?.opacity === 0 ? 'flights' : 'glyphs',
    x: round((motion?.x ?? placed.x) + (motion?.dx ?? 0)),
    y: round((motion?.y ?? placed.y) + (motion?.dy ?? 0)),
    scale: isScreenSized ? round(((scale ?? 1) * size * 1000) / drawnD) / 1000 : scale,
    opacity: motion?.opacity,
    isScreenSized: isScreenSized || undefined,
    marks,
  };
}

function podMarks(
  placed: PlacedPod,
  state: PodState,
  motion: GlyphMotion | undefined,
  input: FrameInput,
  d: number,
  ring: Ring,
): readonly Mark[] {
  const { pod, ground, diskRoom, captionWidth } = placed;
  const marks: Mark[] = [];
  if (ring !== 'none') marks.push(outline(pod.look, d, ring === 'thick'));
  marks.push(podGlyph(pod.look, state, d, ground));
  if (motion?.isMute) return marks;
  if (diskRoom > 0) marks.push(...diskBeside(claimOf(pod.pod) ?? '', d, diskRoom, state.name === 'lost'));
  if (captionWidth > 0) marks.push(...captions(placed, state, ring === 'thick', input));
  return marks;
}

function captions(
  { pod, d, captionWidth, isNameShort }: PlacedPod,
  state: PodState,
  isSelected: boolean,
  { messages, layout }: FrameInput,
): Mark[] {
  const face = POD_NAME;
  const isGone = state.name === 'lost' || state.name === 'failed' || state.name === 'evicted';
  const words = stateWords(pod, state, captionWidth, messages);
  if (layout.plan.style !== 'full') return [oneLine(pod.name, state, captionWidth, d, isNameShort, words)];
  return [
    caption(fitPodName(pod.name, captionWidth, face, isNameShort), 0, d / 2 + 20, {
      ...face,
      anchor: 'middle',
      weight: isSelected ? 600 : 400,
      fill: isGone ? 'var(--ink3)' : 'var(--ink)',
    }),
    caption(fit(words, captionWidth + 4, { size: 12 }), 0, d / 2 + 34, {
      size: 12,
      anchor: 'middle',
      fill: isTrouble(state) ? 'var(--alarm)' : 'var(--ink2)',
    }),
  ];
}

/** Room for one line too short for a few words. */
const NARROW = 60;

/** One line has room on a phone: the name while all is well, else the state, where its words find room. */
function oneLine(name: string, state: PodState, width: number, d: number, isShort: boolean, words: string): Mark {
  if (state.name === 'ready' || (width < NARROW && textWidth(words, { size: 12 }) > width))
    return caption(fitPodName(name, width, { size: 12, isMono: true }, isShort), 0, d / 2 + 15, {
      size: 12,
      isMono: true,
      anchor: 'middle',
    });
  return caption(fit(words, width, { size: 12 }), 0, d / 2 + 15, {
    size: 12,
    anchor: 'middle',
    fill: isTrouble(state) ? 'var(--alarm)' : 'var(--ink2)',
  });
}

/** Where all is calm and there is room: when and from what it was cut. */
function stateWords(pod: PlacedPod['pod'], state: PodState, width: number, messages: SceneMessages): string {
  if (state.name === 'ready' && pod.record && pod.ownerKind !== HAND_OWNER && pod.aboveKey === undefined) {
    const text = messages.cutAt(clock(pod.record.cutMs), pod.look.letter);
    if (textWidth(text, { size: 12 }) <= width) return text;
  }
  const words = messages.state(state);
  // Why a pod goes says more than when.
  return state.why && textWidth(words, { size: 12 }) > width + 4 ? messages.state({ ...state, leftMs: undefined }) : words;
}
