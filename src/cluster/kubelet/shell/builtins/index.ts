// All builtins by name.
import type { Builtin } from '../builtin.ts';
import { aliases } from './aliases.ts';
import { control } from './control.ts';
import { folders } from './folders.ts';
import { input } from './input.ts';
import { jobs } from './jobs.ts';
import { lookup } from './lookup.ts';
import { plain } from './plain.ts';
import { variables } from './variables.ts';

export const BUILTINS: Readonly<Record<string, Builtin>> = Object.assign(
  Object.create(null),
  aliases,
  control,
  folders,
  input,
  jobs,
  lookup,
  plain,
  variables,
);
