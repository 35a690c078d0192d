// Comparisons, as the languages that are read here write them.

/** Whether a comparison holds; anything but the first five operators is `>=`. */
export function holds<T extends string | number | bigint | boolean>(a: T, operator: string, b: T): boolean {
  switch (operator) {
    case '==':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '<=':
      return a <= b;
    case '>':
      return a > b;
    default:
      return a >= b;
  }
}
