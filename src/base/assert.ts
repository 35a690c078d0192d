// The one check for what must never happen. What a real API server would refuse is an ApiError instead.

/** Throws when `condition` does not hold; `sentence` says what was believed. Always on. */
export function assert(condition: unknown, sentence: string): asserts condition {
  if (!condition) throw new Error(`Broken assumption: ${sentence}`);
}
