// A stretch of time as an animated GIF. Every frame is drawn by the stage itself for its moment of the world, never by the clock on the wall,
// so that the same stretch gives the same file; the link to the world is in it as a comment.
import { applyPalette, GIFEncoder, quantize } from 'gifenc';
import type { Session } from '../session/session.ts';
import { drawStage, facesRule } from './exportStage.ts';

/** Ten frames a second: what players of GIFs keep to. */
const FRAME_MS = 100;
const FRAMES_MAX = 200;
const WIDTH_MAX = 800;
const COLOURS = 128;

export interface Stretch {
  readonly fromMs: number;
  readonly toMs: number;
  /** How much faster than the world it plays; faster still where it would have too many frames. */
  readonly speed: number;
}

/** Undefined when `onProgress` answered false. */
export async function stageGif(
  session: Session,
  stage: SVGSVGElement,
  stretch: Stretch,
  link: string,
  onProgress: (part: number) => boolean,
): Promise<Blob | undefined> {
  const { playheadMs, isPlaying } = session.store.getState();
  const moments = momentsOf(stretch);
  const encoder = GIFEncoder();
  const faces = await facesRule();
  session.pause();
  try {
    for (const [i, atMs] of moments.entries()) {
      session.seek(atMs);
      await drawn();
      const { width } = stage.getBoundingClientRect();
      const canvas = await drawStage(stage, { link, faces, scale: Math.min(1, WIDTH_MAX / width) });
      const { data } = (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
      const palette = quantize(data, COLOURS);
      encoder.writeFrame(applyPalette(data, palette), canvas.width, canvas.height, { palette, delay: FRAME_MS, repeat: 0 });
      if (!onProgress((i + 1) / moments.length)) return undefined;
    }
  } finally {
    session.seek(playheadMs);
    if (isPlaying) session.play();
  }
  encoder.finish();
  return new Blob([withComment(encoder.bytes(), link)], { type: 'image/gif' });
}

function momentsOf({ fromMs, toMs, speed }: Stretch): number[] {
  const count = Math.max(1, Math.min(FRAMES_MAX, Math.floor((toMs - fromMs) / (FRAME_MS * speed)) + 1));
  const stepMs = count > 1 ? (toMs - fromMs) / (count - 1) : 0;
  return Array.from({ length: count }, (_, i) => Math.round(fromMs + i * stepMs));
}

/** The stage draws in the next frame of the page, after whoever asked before. */
function drawn(): Promise<void> {
  return new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve())));
}

/** A comment extension stands before the trailer, in blocks of 255 bytes at most. */
function withComment(bytes: Uint8Array<ArrayBuffer>, text: string): Uint8Array<ArrayBuffer> {
  const letters = new TextEncoder().encode(text);
  const blocks: number[] = [0x21, 0xfe];
  for (let at = 0; at < letters.length; at += 255) {
    const block = letters.subarray(at, at + 255);
    blocks.push(block.length, ...block);
  }
  const all = new Uint8Array(bytes.length + blocks.length + 1);
  all.set(bytes.subarray(0, -1));
  all.set(blocks, bytes.length - 1);
  all[all.length - 1] = 0x3b;
  return all;
}
