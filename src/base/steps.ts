// Long work as a generator of small steps: done at once, or a slice at a time.

/** Takes all steps, and returns what they come to. */
export function finish<T>(steps: Iterator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Goes on until `isOverBudget` says stop. What the steps came to, or undefined while there are more of them. */
export function goOn<T>(steps: Iterator<unknown, T>, isOverBudget: () => boolean): { readonly value: T } | undefined {
  for (;;) {
    const step = steps.next();
    if (step.done) return step;
    if (isOverBudget()) return undefined;
  }
}
