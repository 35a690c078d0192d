// The frames of an animated GIF. A frame holds only what differs from the one before, for most of a stage stands still; where nothing
// differs, the one before stays for longer.
import { applyPalette, GIFEncoder, quantize } from 'gifenc';

/** Of a frame, beside the one that lets the frame before be seen. */
const COLOURS = 127;

interface Frame {
  readonly index: Uint8Array;
  readonly palette: number[][];
  readonly width: number;
  readonly height: number;
  delay: number;
}

export class GifFrames {
  private readonly encoder = GIFEncoder();
  private readonly frameMs: number;
  private shown = new Uint32Array();
  /** Written when it is known for how long it stays. */
  private last: Frame | undefined;

  constructor(frameMs: number) {
    this.frameMs = frameMs;
  }

  /** All frames are of one size. */
  add({ data, width, height }: Pick<ImageData, 'data' | 'width' | 'height'>): void {
    this.write();
    const pixels = new Uint32Array(data.buffer);
    const places = differing(pixels, this.shown);
    const colours = new Uint8ClampedArray(Uint32Array.from(places, (place) => pixels[place] as number).buffer);
    const palette = places.length > 0 ? quantize(colours, COLOURS) : [];
    const index = new Uint8Array(pixels.length).fill(palette.length);
    if (places.length > 0) for (const [i, colour] of applyPalette(colours, palette).entries()) index[places[i] as number] = colour;
    this.shown = pixels;
    this.last = { index, palette: [...palette, [0, 0, 0]], width, height, delay: this.frameMs };
  }

  /** The last frame stays for one more. */
  hold(): void {
    if (this.last) this.last.delay += this.frameMs;
  }

  finish(comment: string): Uint8Array<ArrayBuffer> {
    this.write();
    this.encoder.finish();
    return withComment(this.encoder.bytes(), comment);
  }

  private write(): void {
    if (!this.last) return;
    const { index, palette, width, height, delay } = this.last;
    const see = { transparent: true, transparentIndex: palette.length - 1, dispose: 1 };
    this.encoder.writeFrame(index, width, height, { palette, delay, repeat: 0, ...see });
    this.last = undefined;
  }
}

function differing(pixels: Uint32Array, before: Uint32Array): number[] {
  const places: number[] = [];
  for (let i = 0; i < pixels.length; i++) if (pixels[i] !== before[i]) places.push(i);
  return places;
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
