// The three easings of the design, as functions of a share from 0 to 1.
export type Ease = (t: number) => number;
export const easeOut: Ease = bezierEase(0.2, 0.7, 0.2, 1);
export const easeMove: Ease = bezierEase(0.45, 0.05, 0.25, 1);
export const easeSnap: Ease = bezierEase(0.3, 1.5, 0.5, 1);

/** A cubic Bézier from 0,0 to 1,1 as CSS has it; solved by halving, which is exact enough for a pixel. */
function bezierEase(x1: number, y1: number, x2: number, y2: number): Ease {
  const curve = (a: number, b: number, t: number) => 3 * (1 - t) * (1 - t) * t * a + 3 * (1 - t) * t * t * b + t * t * t;
  return (x) => {
    if (x <= 0) return 0;
    if (x >= 1) return 1;
    let [low, high] = [0, 1];
    for (let i = 0; i < 18; i++) {
      const middle = (low + high) / 2;
      if (curve(x1, x2, middle) < x) low = middle;
      else high = middle;
    }
    return curve(y1, y2, (low + high) / 2);
  };
}
