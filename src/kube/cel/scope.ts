// What an expression may name: its variables with their types, and the objects that it may make.
import { BOOL, type CelType, DOUBLE, DYN, INT, plain, STRING } from './types.ts';

export interface Scope {
  typeOf(name: string): CelType | undefined;
  /** The type of an object that `Name{…}` makes; undefined where there is none. */
  objectNamed?(name: string): CelType | undefined;
}

export const scopeOf = (names: Readonly<Record<string, CelType>>): Scope => ({
  typeOf: (name) => (Object.hasOwn(names, name) ? names[name] : undefined),
});

/** The scope with one name more. */
export function withName(scope: Scope, name: string, type: CelType): Scope {
  return { ...scope, typeOf: (asked) => (asked === name ? type : scope.typeOf(asked)) };
}

const TYPE = plain('type');

/** Types are values, too: `type(self) == string`. */
export const TYPE_NAMES: ReadonlySet<string> = new Set(
  [BOOL, INT, DOUBLE, STRING, DYN]
    .map((type) => (type as { readonly name: string }).name)
    .concat(['uint', 'bytes', 'list', 'map', 'null_type']),
);

export const typeOfName = (name: string, scope: Scope): CelType | undefined =>
  scope.typeOf(name) ?? (TYPE_NAMES.has(name) ? TYPE : undefined);
