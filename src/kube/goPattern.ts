// Regular expressions as Go writes them, read by the engine of here.

/** A pattern of Go read as one of here; undefined for the few that are not the same. */
export function goPattern(pattern: string): RegExp | undefined {
  const text = pattern.replaceAll('\\A', '^').replaceAll('\\z', '$').replaceAll('(?P<', '(?<');
  // Some escapes that Go allows are refused with the flag.
  for (const flags of ['u', '']) {
    try {
      return new RegExp(text, flags);
    } catch {
      continue;
    }
  }
  return undefined;
}
