// gifenc ships no types: what is used of it.
declare module 'gifenc' {
  type Palette = number[][];
  interface FrameOptions {
    readonly palette: Palette;
    readonly delay: number;
    readonly repeat: number;
    readonly transparent: boolean;
    readonly transparentIndex: number;
    /** 1: what it shows stays under the next. */
    readonly dispose: number;
  }
  interface Encoder {
    writeFrame(index: Uint8Array, width: number, height: number, options: FrameOptions): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  }
  export function GIFEncoder(): Encoder;
  export function quantize(rgba: Uint8ClampedArray, maxColors: number, options?: { format?: 'rgb565' | 'rgb444' }): Palette;
  export function applyPalette(rgba: Uint8ClampedArray, palette: Palette, format?: 'rgb565' | 'rgb444'): Uint8Array;
}
