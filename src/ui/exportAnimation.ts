// A stretch of time as an animated GIF. Every frame is drawn by the stage itself for its moment of the world, never by the clock on the wall,
// so that the same stretch gives the same file; the link to the world is in it as a comment.
import type { Session } from '../session/session.ts';
import { pictureOf, pixelsOf } from './exportStage.ts';
import { GifFrames } from './gifFrames.ts';

/** Ten frames a second: what players of GIFs keep to. */
const FRAME_MS = 100;
const FRAMES_MAX = 200;
const WIDTH_MAX = 800;

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
  const frames = new GifFrames(FRAME_MS);
  let shown = '';
  session.pause();
  try {
    for (const [i, atMs] of moments.entries()) {
      session.seek(atMs);
      await drawn();
      const picture = await pictureOf(stage, link);
      if (picture.svg === shown) frames.hold();
      else frames.add(imageOf(await pixelsOf(picture, Math.min(1, WIDTH_MAX / picture.width))));
      shown = picture.svg;
      if (!onProgress((i + 1) / moments.length)) return undefined;
    }
  } finally {
    session.seek(playheadMs);
    if (isPlaying) session.play();
  }
  return new Blob([frames.finish(link)], { type: 'image/gif' });
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

function imageOf(canvas: HTMLCanvasElement): ImageData {
  return (canvas.getContext('2d') as CanvasRenderingContext2D).getImageData(0, 0, canvas.width, canvas.height);
}
