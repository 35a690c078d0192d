// A moment of a world as a document writes it: milliseconds, or `2:56`, or `90s`. Read when the world is, for the poster needs none.

/** A day: what a document can ask to be run before it shows anything. */
const MOMENT_MAX_MS = 24 * 3_600_000;

export function readMoment(text: string | null): number | undefined {
  if (text === null) return undefined;
  const clock = /^(?:(\d+):)?(\d{1,3}):(\d{2})$/.exec(text);
  const seconds = /^(\d+(?:\.\d+)?)s$/.exec(text);
  const ms = clock
    ? ((Number(clock[1] ?? 0) * 60 + Number(clock[2])) * 60 + Number(clock[3])) * 1000
    : seconds
      ? Number(seconds[1]) * 1000
      : /^\d+$/.test(text)
        ? Number(text)
        : undefined;
  return ms !== undefined && ms <= MOMENT_MAX_MS ? Math.round(ms) : undefined;
}
