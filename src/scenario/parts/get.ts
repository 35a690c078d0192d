// kubectl get, and how objects are printed whole.
import * as glance from '../../kube/kinds/podGlance.ts';
import { podGlances } from '../../kube/late.ts';
import { printers } from '../../kubectl/output.ts';
import { printerFor } from '../../kubectl/printers.ts';
import { get as verb } from '../../kubectl/verbs/get.ts';
import { getVerbs } from '../../kubectl/verbs/index.ts';
import { fill, type Part } from './part.ts';

export const get: Part = [fill(getVerbs, [verb]), fill(printers, printerFor), fill(podGlances, glance)];
