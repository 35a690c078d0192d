// Paths of what holds from one moment until the next: level, then up or down at once.

export interface Step {
  readonly x: number;
  readonly y: number;
}

export function stepLine(steps: readonly Step[]): string {
  return steps.map(({ x, y }, i) => (i === 0 ? `M${round(x)} ${round(y)}` : `H${round(x)}V${round(y)}`)).join('');
}

/** Between two such lines over the same moments. */
export function stepArea(upper: readonly Step[], lower: readonly Step[]): string {
  const back = lower.toReversed().map(({ y }, i) => (i === 0 ? `V${round(y)}` : `H${round((lower.at(-i) as Step).x)}V${round(y)}`));
  return `${stepLine(upper)}${back.join('')}H${round(lower[0]?.x ?? 0)}Z`;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
