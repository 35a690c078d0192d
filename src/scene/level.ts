// How much of itself a glyph shows at a diameter on screen.
export type Level = 'cell' | 'dot' | 'token' | 'cookie';

export function levelAt(d: number): Level {
  return d >= 40 ? 'cookie' : d >= 22 ? 'token' : d >= 11 ? 'dot' : 'cell';
}
