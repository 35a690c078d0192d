// Functions of lists and sets. Models apiserver/pkg/cel/library/lists.go and cel-go's ext/sets.go.
import { isEqual } from '../../../base/equal.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, Opaque } from '../value.ts';

const rankOf = (value: unknown) => (value instanceof Opaque ? (value.value as number) : (value as number));

function ends(which: string, isBetter: (a: number, b: number) => boolean) {
  return (list: readonly unknown[]): unknown => {
    if (list.length === 0) throw new CelError(`${which} called on empty list`);
    return list.reduce((best, each) => (isBetter(rankOf(each), rankOf(best)) ? each : best));
  };
}

const isSorted = (list: readonly unknown[]): boolean => list.every((each, i) => i === 0 || rankOf(list[i - 1]) <= rankOf(each));
const sum = (list: readonly number[]): number => list.reduce((total, each) => total + each, 0);
const sumOfDurations = (list: readonly Opaque[]): Opaque => new Opaque('duration', sum(list.map(rankOf)));

const has = (list: readonly unknown[], item: unknown): boolean => list.some((each) => isEqual(each, item));
const holdsAll = (list: readonly unknown[], part: readonly unknown[]): boolean => part.every((each) => has(list, each));

export const lists: Library = {
  isSorted: overloads(['list(A).() bool', isSorted]),
  sum: overloads(
    ['list(int).() int', sum],
    ['list(uint).() uint', sum],
    ['list(double).() double', sum],
    ['list(duration).() duration', sumOfDurations],
  ),
  min: overloads(['list(A).() A', ends('min', (a, b) => a < b)]),
  max: overloads(['list(A).() A', ends('max', (a, b) => a > b)]),
  indexOf: overloads(['list(A).(A) int', (list: unknown[], item: unknown) => list.findIndex((each) => isEqual(each, item))]),
  lastIndexOf: overloads(['list(A).(A) int', (list: unknown[], item: unknown) => list.findLastIndex((each) => isEqual(each, item))]),
  'sets.contains': overloads(['(list(A), list(A)) bool', holdsAll]),
  'sets.equivalent': overloads(['(list(A), list(A)) bool', (a: unknown[], b: unknown[]) => holdsAll(a, b) && holdsAll(b, a)]),
  'sets.intersects': overloads(['(list(A), list(A)) bool', (a: unknown[], b: unknown[]) => b.some((each) => has(a, each))]),
};
