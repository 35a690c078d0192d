// All functions and operators by their names. Adding a library is a file and a line here.
import type { Library, Overload } from '../overload.ts';
import { addresses } from './addresses.ts';
import { authorizers } from './authorizers.ts';
import { core } from './core.ts';
import { formats } from './formats.ts';
import { lists } from './lists.ts';
import { optionals } from './optionals.ts';
import { quantities } from './quantities.ts';
import { strings } from './strings.ts';
import { times } from './times.ts';

const LIBRARIES: readonly Library[] = [core, strings, lists, times, quantities, addresses, optionals, formats, authorizers];

const all = new Map<string, readonly Overload[]>();
for (const library of LIBRARIES)
  for (const [name, overloads] of Object.entries(library)) all.set(name, [...(all.get(name) ?? []), ...overloads]);

export const overloadsOf = (name: string): readonly Overload[] | undefined => all.get(name);

/** Functions that a server knows and that are not simulated. */
export const NOT_SIMULATED: ReadonlySet<string> = new Set(
  [
    ['semver', 'isSemver', 'base64.encode', 'base64.decode'],
    ['flatten', 'slice', 'distinct', 'sort', 'sortBy', 'lists.range', 'first', 'last'],
    ['math.greatest', 'math.least', 'math.abs', 'math.ceil', 'math.floor', 'math.round', 'math.trunc', 'math.sign'],
  ].flat(),
);
