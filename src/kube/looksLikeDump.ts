// Told from its beginning, without a reader: the page asks it of everything that is pasted.

const HEAD_LENGTH = 20_000;

/** Whether a text is what a cluster printed of itself rather than what somebody wrote: a list of objects that have uids. */
export function looksLikeDump(text: string): boolean {
  const head = text.slice(0, HEAD_LENGTH);
  return /(^|\n)items:[ \t]*\r?\n|"items"\s*:\s*\[/.test(head) && /(^|[\s{,"])uid"?\s*:\s*["']?[0-9a-f]{8}-/.test(head);
}
