// Which rules hold for the kinds of kinds/accepted.ts, beside those for metadata.
import type { FieldError } from '../errors.ts';
import type { KubeObject } from '../meta.ts';
import { validateStatefulSet, validateStatefulSetUpdate } from './moreWorkloads.ts';

interface Rules {
  validate(object: KubeObject): readonly FieldError[];
  /** The rules for creating hold for updates where this is missing. */
  validateUpdate?(object: KubeObject, old: KubeObject): readonly FieldError[];
}

export const acceptedRules: Readonly<Record<string, Rules>> = {
  StatefulSet: { validate: validateStatefulSet, validateUpdate: validateStatefulSetUpdate },
};
