// Quantities of resources. Models apiserver/pkg/cel/library/quantity.go.
import { type ExactQuantity, isQuantity, parseQuantity, QUANTITY_ERROR } from '../../quantity.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, Opaque } from '../value.ts';

const TYPE = 'kubernetes.Quantity';
const NANO = 1_000_000_000n;

function quantityOf(text: string): Opaque {
  if (!isQuantity(text)) throw new CelError(QUANTITY_ERROR);
  return new Opaque(TYPE, parseQuantity(text));
}

const exact = ({ value }: Opaque): ExactQuantity => value as ExactQuantity;
const nano = (quantity: Opaque): bigint => exact(quantity).nano;
const nanoOf = (value: Opaque | number): bigint => (typeof value === 'number' ? BigInt(value) * NANO : nano(value));
const compared = (a: Opaque, b: Opaque): number => (nano(a) < nano(b) ? -1 : nano(a) > nano(b) ? 1 : 0);

const summed = (sign: bigint) => (a: Opaque, b: Opaque | number) =>
  new Opaque(TYPE, { nano: nano(a) + sign * nanoOf(b), format: exact(a).format });

function asInteger(quantity: Opaque): number {
  if (nano(quantity) % NANO !== 0n) throw new CelError('cannot convert value to integer');
  return Number(nano(quantity) / NANO);
}

const sums = (sign: bigint) => overloads(['Quantity.(Quantity) Quantity', summed(sign)], ['Quantity.(int) Quantity', summed(sign)]);

export const quantities: Library = {
  quantity: overloads(['(string) Quantity', quantityOf]),
  isQuantity: overloads(['(string) bool', isQuantity]),
  isGreaterThan: overloads(['Quantity.(Quantity) bool', (a: Opaque, b: Opaque) => compared(a, b) > 0]),
  isLessThan: overloads(['Quantity.(Quantity) bool', (a: Opaque, b: Opaque) => compared(a, b) < 0]),
  compareTo: overloads(['Quantity.(Quantity) int', compared]),
  sign: overloads(['Quantity.() int', (quantity: Opaque) => (nano(quantity) > 0n ? 1 : nano(quantity) < 0n ? -1 : 0)]),
  add: sums(1n),
  sub: sums(-1n),
  isInteger: overloads(['Quantity.() bool', (quantity: Opaque) => nano(quantity) % NANO === 0n]),
  asInteger: overloads(['Quantity.() int', asInteger]),
  asApproximateFloat: overloads(['Quantity.() double', (quantity: Opaque) => Number(nano(quantity)) / 1e9]),
};
