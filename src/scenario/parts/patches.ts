// What changes a little of an object: kubectl patch, label and annotate, and patches that are lists of operations.
import * as json from '../../kube/jsonPatch.ts';
import { jsonPatches } from '../../kube/late.ts';
import { annotate } from '../../kubectl/verbs/annotate.ts';
import { patchVerbs } from '../../kubectl/verbs/index.ts';
import { label } from '../../kubectl/verbs/label.ts';
import { patch } from '../../kubectl/verbs/patch.ts';
import { fill, type Part } from './part.ts';

export const patches: Part = [fill(patchVerbs, [annotate, label, patch]), fill(jsonPatches, json)];
