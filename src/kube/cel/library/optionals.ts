// Values that may be missing. Models cel-go's cel/library.go OptionalTypes.
import { type Library, overloads } from '../overload.ts';
import { CelError, contentOf, isCelMap, NONE, type Opaque, some } from '../value.ts';
import { valueAt } from './core.ts';

function present(optional: Opaque): unknown {
  const content = contentOf(optional);
  if (content.length === 0) throw new CelError('optional.none() dereference');
  return content[0];
}

const isZero = (value: unknown): boolean =>
  !value || (Array.isArray(value) && value.length === 0) || (isCelMap(value) && Object.keys(value).length === 0);

/** What stands there, where anything does. */
export function optionalAt(holder: unknown, at: unknown): Opaque {
  try {
    return some(valueAt(holder, at));
  } catch (error) {
    if (error instanceof CelError) return NONE;
    throw error;
  }
}

export const optionals: Library = {
  'optional.of': overloads(['(A) optional_type(A)', some]),
  'optional.ofNonZeroValue': overloads(['(A) optional_type(A)', (value: unknown) => (isZero(value) ? NONE : some(value))]),
  'optional.none': overloads(['() optional_type(A)', () => NONE]),
  hasValue: overloads(['optional_type(A).() bool', (optional: Opaque) => contentOf(optional).length > 0]),
  value: overloads(['optional_type(A).() A', present]),
  or: overloads(['optional_type(A).(optional_type(A)) optional_type(A)', (a: Opaque, b: Opaque) => (contentOf(a).length > 0 ? a : b)]),
  orValue: overloads(['optional_type(A).(A) A', (a: Opaque, other: unknown) => (contentOf(a).length > 0 ? contentOf(a)[0] : other)]),
};
