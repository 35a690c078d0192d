// Seeded random streams: a 32-bit seed and a name give one sequence, whatever other streams are drawn from.
// The generator is sfc32 (Chris Doty-Humphrey, public domain), seeded by an FNV-1a hash of the stream's name.

/** FNV-1a over UTF-16 code units, 32 bits, unsigned. */
export function hash32(text: string, basis = 0x811c9dc5): number {
  let hash = basis >>> 0;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  return hash >>> 0;
}

export type StreamState = readonly [number, number, number, number];

export class RandomStream {
  private a: number;
  private b: number;
  private c: number;
  private counter: number;

  constructor(state: StreamState) {
    [this.a, this.b, this.c, this.counter] = state;
  }

  static seeded(seed: number, name: string): RandomStream {
    const stream = new RandomStream([seed >>> 0, hash32(name), hash32(name, seed >>> 0), 1]);
    for (let i = 0; i < 12; i++) stream.next32();
    return stream;
  }

  /** The next unsigned 32-bit integer. */
  next32(): number {
    const sum = (((this.a + this.b) | 0) + this.counter) | 0;
    this.counter = (this.counter + 1) | 0;
    this.a = this.b ^ (this.b >>> 9);
    this.b = (this.c + (this.c << 3)) | 0;
    this.c = (((this.c << 21) | (this.c >>> 11)) + sum) | 0;
    return sum >>> 0;
  }

  /** A number in [0, 1). */
  next(): number {
    return this.next32() / 4294967296;
  }

  /** An integer in [0, count). */
  below(count: number): number {
    return Math.floor(this.next() * count);
  }

  /** `length` letters of Kubernetes' name alphabet, which has no vowels and no look-alikes. Models apimachinery/pkg/util/rand/rand.go. */
  letters(length: number): string {
    const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
    let text = '';
    for (let i = 0; i < length; i++) text += alphabet[this.below(alphabet.length)];
    return text;
  }

  save(): StreamState {
    return [this.a, this.b, this.c, this.counter];
  }
}
