// Times written as text. What a browser takes for a time beside RFC 3339 is left to it (30 February, a small `t`, a sixtieth second), and
// they are not of one mind: what is no RFC 3339 is refused before it is asked.

const FORM =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3])(?::[0-5]\d){2}(?:\.\d+)?(?:Z|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;
/** No month is shorter. */
const DAYS_MIN = 28;

/**
 * RFC 3339 as milliseconds since 1970, what is finer cut off; NaN for text that is no such time.
 * Models Go's time.Parse with time.RFC3339: capital letters, days that there are, no sixtieth second.
 */
export function unixMsOf(text: string): number {
  return FORM.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
}

/** A day such as `2026-01-31` as milliseconds since 1970; NaN for text that is no day. */
export const unixMsOfDay = (text: string): number => unixMsOf(`${text}T00:00:00Z`);

/** Whether the month has the day: where it has not, some browsers go on into the next month, others find no date. */
function isDay(text: string): boolean {
  const day = Number(text.slice(8));
  return day <= DAYS_MIN || new Date(text).getUTCDate() === day;
}
