// What a part of the program is: code for places that are empty until it is put there.
import type { Late } from '../../base/late.ts';

export interface Filling {
  readonly part: string;
  put(): void;
  takeOut(): void;
}

/** That this code belongs in this place. */
export function fill<T>(place: Late<T>, code: T): Filling {
  return { part: place.part, put: () => place.set(code), takeOut: () => place.set(undefined) };
}

export type Part = readonly Filling[];

export function putIn(part: Part): void {
  for (const filling of part) filling.put();
}

export function takeOut(part: Part): void {
  for (const filling of part) filling.takeOut();
}
