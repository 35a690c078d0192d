// Finds out which parts of the program something needs, by doing it with none there and putting in what is asked for.
import { MissingPart } from '../../base/late.ts';
import { type PartName, parts, putInAll } from './all.ts';
import { putIn, takeOut } from './part.ts';

/** What came of `act`, and the parts that it needs, in the order in which it asked for them. */
export function withNeeded<T>(act: () => T): { readonly made: T; readonly needed: readonly PartName[] } {
  const needed: PartName[] = [];
  Object.values(parts).forEach(takeOut);
  try {
    for (;;) {
      try {
        return { made: act(), needed };
      } catch (error) {
        if (!(error instanceof MissingPart)) throw error;
        const name = error.part as PartName;
        putIn(parts[name]);
        needed.push(name);
      }
    }
  } finally {
    putInAll();
  }
}
