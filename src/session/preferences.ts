// What a person chose, kept in the browser where the browser lets us: theme and language. A storage that throws is done without.

export function readPreference(name: string): string | undefined {
  try {
    return localStorage.getItem(`podarium.${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

export function writePreference(name: string, value: string): void {
  try {
    localStorage.setItem(`podarium.${name}`, value);
  } catch {
    // Private windows and sandboxed frames: the choice lasts as long as the page.
  }
}
