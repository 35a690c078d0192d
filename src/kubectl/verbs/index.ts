// Finds a verb. Those that every world begins with are here; others may come later, in parts of the program (scenario/parts).
import { Late } from '../../base/late.ts';
import type { Verb } from '../verb.ts';
import type * as all from './all.ts';
import { apply } from './apply.ts';
import { deleteVerb } from './delete.ts';
import { edit } from './edit.ts';
import { replace } from './replace.ts';
import { scale } from './scale.ts';

const first: readonly Verb[] = [apply, deleteVerb, edit, replace, scale];

/** All of them, as help and completion list them. */
export const allVerbs = new Late<typeof all>('kubectl');
export const getVerbs = new Late<readonly Verb[]>('get');
export const describeVerbs = new Late<readonly Verb[]>('describe');
export const rolloutVerbs = new Late<readonly Verb[]>('rollouts');
export const nodeVerbs = new Late<readonly Verb[]>('nodes');

export const patchVerbs = new Late<readonly Verb[]>('patches');

const partOf: Readonly<Record<string, Late<readonly Verb[]>>> = {
  annotate: patchVerbs,
  get: getVerbs,
  describe: describeVerbs,
  label: patchVerbs,
  patch: patchVerbs,
  rollout: rolloutVerbs,
  set: rolloutVerbs,
  cordon: nodeVerbs,
  drain: nodeVerbs,
  taint: nodeVerbs,
  uncordon: nodeVerbs,
};

/** The verb of this name or alias, of all or of those in a group. */
export function findVerb(word: string, among?: readonly Verb[]): Verb | undefined {
  const found = (verbs: readonly Verb[]) => verbs.find((verb) => verb.name === word || verb.aliases?.includes(word));
  if (among) return found(among);
  return found(first) ?? found(Object.hasOwn(partOf, word) ? (partOf[word] as Late<readonly Verb[]>).get() : allVerbs.get().verbs);
}
