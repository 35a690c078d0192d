// The eight outlines of templates and the hand-cut one: SVG paths in a 48-unit box centred on 0,0, all of equal optical area.
// Also their arithmetic: any size, and any shape between two of them (the band of a cutter that is being bent).
export const SHAPES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'] as const;
export type Shape = (typeof SHAPES)[number] | 'hand';

const PATHS: Readonly<Record<Shape, string>> = {
  A: 'M-21.5 0A21.5 21.5 0 1 1 21.5 0A21.5 21.5 0 1 1 -21.5 0Z',
  B: 'M-20 -11.5Q-20 -20 -11.5 -20L11.5 -20Q20 -20 20 -11.5L20 11.5Q20 20 11.5 20L-11.5 20Q-20 20 -20 11.5Z',
  C: 'M-6.06 -21.1Q0 -24.6 6.06 -21.1L15.24 -15.8Q21.3 -12.3 21.3 -5.3L21.3 5.3Q21.3 12.3 15.24 15.8L6.06 21.1Q0 24.6 -6.06 21.1L-15.24 15.8Q-21.3 12.3 -21.3 5.3L-21.3 -5.3Q-21.3 -12.3 -15.24 -15.8Z',
  D: 'M0 -17.35L1.22 -17.44L2.49 -17.71L3.85 -18.12L5.33 -18.59L6.94 -19.06L8.65 -19.43L10.44 -19.63L12.23 -19.58L13.97 -19.23L15.58 -18.57L16.98 -17.58L18.11 -16.31L18.94 -14.8L19.45 -13.12L19.64 -11.34L19.56 -9.54L19.26 -7.78L18.83 -6.12L18.35 -4.58L17.9 -3.16L17.56 -1.85L17.37 -0.61L17.37 0.61L17.56 1.85L17.9 3.16L18.35 4.58L18.83 6.12L19.26 7.78L19.56 9.54L19.64 11.34L19.45 13.12L18.94 14.8L18.11 16.31L16.98 17.58L15.58 18.57L13.97 19.23L12.23 19.58L10.44 19.63L8.65 19.43L6.94 19.06L5.33 18.59L3.85 18.12L2.49 17.71L1.22 17.44L0 17.35L-1.22 17.44L-2.49 17.71L-3.85 18.12L-5.33 18.59L-6.94 19.06L-8.65 19.43L-10.44 19.63L-12.23 19.58L-13.97 19.23L-15.58 18.57L-16.98 17.58L-18.11 16.31L-18.94 14.8L-19.45 13.12L-19.64 11.34L-19.56 9.54L-19.26 7.78L-18.83 6.12L-18.35 4.58L-17.9 3.16L-17.56 1.85L-17.37 0.61L-17.37 -0.61L-17.56 -1.85L-17.9 -3.16L-18.35 -4.58L-18.83 -6.12L-19.26 -7.78L-19.56 -9.54L-19.64 -11.34L-19.45 -13.12L-18.94 -14.8L-18.11 -16.31L-16.98 -17.58L-15.58 -18.57L-13.97 -19.23L-12.23 -19.58L-10.44 -19.63L-8.65 -19.43L-6.94 -19.06L-5.33 -18.59L-3.85 -18.12L-2.49 -17.71L-1.22 -17.44Z',
  E: 'M-7 -15.38Q0 -27.5 7 -15.38L19.85 6.88Q26.85 19 12.85 19L-12.85 19Q-26.85 19 -19.85 6.88Z',
  F: 'M-6.01 -21.49Q0 -27.5 6.01 -21.49L21.49 -6.01Q27.5 0 21.49 6.01L6.01 21.49Q0 27.5 -6.01 21.49L-21.49 6.01Q-27.5 0 -21.49 -6.01Z',
  G: 'M0 -24.03L1.66 -23.79L3.24 -23.07L4.67 -21.98L5.91 -20.61L6.96 -19.13L7.86 -17.66L8.68 -16.33L9.51 -15.23L10.44 -14.37L11.54 -13.75L12.85 -13.31L14.37 -12.94L16.04 -12.53L17.78 -11.99L19.46 -11.23L20.94 -10.21L22.11 -8.93L22.86 -7.43L23.14 -5.77L22.95 -4.05L22.34 -2.35L21.43 -0.75L20.34 0.71L19.23 2.02L18.22 3.21L17.42 4.34L16.9 5.49L16.65 6.73L16.63 8.11L16.74 9.67L16.88 11.38L16.9 13.2L16.7 15.03L16.19 16.76L15.33 18.27L14.13 19.44L12.64 20.22L10.94 20.57L9.14 20.53L7.33 20.15L5.61 19.57L4.02 18.91L2.57 18.32L1.25 17.91L0 17.76L-1.25 17.91L-2.57 18.32L-4.02 18.91L-5.61 19.57L-7.33 20.15L-9.14 20.53L-10.94 20.57L-12.64 20.22L-14.13 19.44L-15.33 18.27L-16.19 16.76L-16.7 15.03L-16.9 13.2L-16.88 11.38L-16.74 9.67L-16.63 8.11L-16.65 6.73L-16.9 5.49L-17.42 4.34L-18.22 3.21L-19.23 2.02L-20.34 0.71L-21.43 -0.75L-22.34 -2.35L-22.95 -4.05L-23.14 -5.77L-22.86 -7.43L-22.11 -8.93L-20.94 -10.21L-19.46 -11.23L-17.78 -11.99L-16.04 -12.53L-14.37 -12.94L-12.85 -13.31L-11.54 -13.75L-10.44 -14.37L-9.51 -15.23L-8.68 -16.33L-7.86 -17.66L-6.96 -19.13L-5.91 -20.61L-4.67 -21.98L-3.24 -23.07L-1.66 -23.79Z',
  H: 'M-24.5 0Q-24.5 -15.8 -2.5 -15.8L2.5 -15.8Q24.5 -15.8 24.5 0L24.5 0Q24.5 15.8 2.5 15.8L-2.5 15.8Q-24.5 15.8 -24.5 0Z',
  hand: 'M0 -18.83L1.33 -19.03L2.69 -19.18L4.09 -19.24L5.51 -19.2L6.93 -19.04L8.34 -18.74L9.74 -18.32L11.1 -17.77L12.43 -17.11L13.73 -16.36L15 -15.53L16.25 -14.63L17.47 -13.65L18.67 -12.59L19.83 -11.45L20.92 -10.2L21.91 -8.85L22.77 -7.4L23.45 -5.85L23.91 -4.22L24.12 -2.53L24.06 -0.84L23.74 0.83L23.16 2.43L22.37 3.94L21.41 5.34L20.33 6.6L19.18 7.75L18.03 8.79L16.91 9.76L15.84 10.68L14.84 11.6L13.91 12.52L13.02 13.48L12.14 14.47L11.25 15.48L10.31 16.49L9.29 17.47L8.18 18.38L6.98 19.18L5.69 19.85L4.33 20.37L2.91 20.72L1.46 20.92L0 20.97L-1.46 20.89L-2.91 20.72L-4.35 20.47L-5.78 20.16L-7.2 19.79L-8.62 19.37L-10.04 18.88L-11.44 18.31L-12.81 17.63L-14.13 16.84L-15.38 15.92L-16.52 14.87L-17.52 13.69L-18.38 12.4L-19.09 11.02L-19.64 9.58L-20.05 8.1L-20.35 6.61L-20.57 5.13L-20.74 3.66L-20.88 2.19L-21.01 0.73L-21.13 -0.74L-21.24 -2.23L-21.31 -3.76L-21.32 -5.31L-21.21 -6.89L-20.95 -8.46L-20.51 -10L-19.87 -11.47L-19.03 -12.83L-17.98 -14.04L-16.75 -15.08L-15.38 -15.93L-13.92 -16.59L-12.41 -17.07L-10.88 -17.41L-9.38 -17.64L-7.92 -17.8L-6.52 -17.92L-5.18 -18.05L-3.87 -18.21L-2.59 -18.4L-1.3 -18.61Z',
};

export type Point = readonly [number, number];

const scaled = new Map<string, string>();

/** The outline as a path of diameter `d`. The same string each time. */
export function shapePath(shape: Shape, d: number): string {
  const id = `${shape}${d}`;
  let path = scaled.get(id);
  if (path === undefined) scaled.set(id, (path = scale(PATHS[shape], d / 48)));
  return path;
}

/** Two decimals: what the eye can see, and what keeps attributes short. */
export function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function scale(path: string, factor: number): string {
  return tokens(path)
    .map(({ command, numbers }) => {
      // The flags and the rotation of an arc are no lengths.
      const isLength = (i: number) => command !== 'A' || i % 7 < 2 || i % 7 > 4;
      return command + numbers.map((n, i) => round(isLength(i) ? n * factor : n)).join(' ');
    })
    .join('');
}

interface Token {
  readonly command: string;
  readonly numbers: readonly number[];
}

function tokens(path: string): Token[] {
  return [...path.matchAll(/([MLQAZ])([^MLQAZ]*)/g)].map(([, command = '', rest = '']) => ({
    command,
    numbers: (rest.match(/-?\d*\.?\d+/g) ?? []).map(Number),
  }));
}

const RAYS = 72;
const radiiOf = new Map<Shape, readonly number[]>();

/** How far the outline lies from the centre in 72 directions, clockwise from the top, in the 48-unit box. */
function radii(shape: Shape): readonly number[] {
  let found = radiiOf.get(shape);
  if (!found) {
    const polygon = flatten(PATHS[shape]);
    found = Array.from({ length: RAYS }, (_, i) => rayLength(polygon, (i / RAYS) * 2 * Math.PI));
    radiiOf.set(shape, found);
  }
  return found;
}

function flatten(path: string): Point[] {
  const points: Point[] = [];
  let [x, y] = [0, 0];
  for (const { command, numbers } of tokens(path)) {
    const step = command === 'A' ? 7 : command === 'Q' ? 4 : 2;
    for (let i = 0; i + step <= numbers.length; i += step) {
      const [toX, toY] = [numbers[i + step - 2] as number, numbers[i + step - 1] as number];
      if (command === 'Q') {
        const [cx, cy] = [numbers[i] as number, numbers[i + 1] as number];
        for (let t = 1; t < 8; t++) points.push([bezier(x, cx, toX, t / 8), bezier(y, cy, toY, t / 8)]);
      }
      // The only arcs are the two halves of the circle, clockwise.
      if (command === 'A') for (let t = 1; t < 36; t++) points.push(onCircle(numbers[i] as number, Math.atan2(y, x) + (t / 36) * Math.PI));
      points.push([toX, toY]);
      [x, y] = [toX, toY];
    }
  }
  return points;
}

function bezier(from: number, by: number, to: number, t: number): number {
  return (1 - t) * (1 - t) * from + 2 * t * (1 - t) * by + t * t * to;
}

function onCircle(r: number, angle: number): Point {
  return [r * Math.cos(angle), r * Math.sin(angle)];
}

function rayLength(polygon: readonly Point[], angle: number): number {
  const [dx, dy] = [Math.sin(angle), -Math.cos(angle)];
  let longest = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [ax, ay] = polygon[i] as Point;
    const [bx, by] = polygon[(i + 1) % polygon.length] as Point;
    const cross = dx * (by - ay) - dy * (bx - ax);
    if (Math.abs(cross) < 1e-9) continue;
    const along = (ax * (by - ay) - ay * (bx - ax)) / cross;
    const between = (ax * dy - ay * dx) / cross;
    if (along > 0 && between >= -1e-6 && between <= 1 + 1e-6) longest = Math.max(longest, along);
  }
  return longest;
}

/** The outline part way between two shapes, as a smooth path of diameter `d`; t may pass 1, as a snap does. */
export function bentPath(from: Shape, to: Shape, t: number, d: number): string {
  const [a, b] = [radii(from), radii(to)];
  const points = a.map((radius, i): Point => {
    const r = ((radius + ((b[i] as number) - radius) * t) * d) / 48;
    return onCircle(r, (i / RAYS) * 2 * Math.PI - Math.PI / 2);
  });
  return `M${points.map(([x, y]) => `${round(x)} ${round(y)}`).join('L')}Z`;
}

/** The height of the outline's upper edge at `x`, both as shares of the diameter. */
export function topAt(shape: Shape, x: number): number {
  const polygon = flatten(PATHS[shape]);
  let top = 0;
  for (let i = 0; i < polygon.length; i++) {
    const [ax, ay] = polygon[i] as Point;
    const [bx, by] = polygon[(i + 1) % polygon.length] as Point;
    const at = x * 48;
    if (ax === bx || at < Math.min(ax, bx) || at > Math.max(ax, bx)) continue;
    top = Math.min(top, ay + ((at - ax) / (bx - ax)) * (by - ay));
  }
  return top / 48;
}
