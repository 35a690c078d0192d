// All of kubectl: every verb, help and completion.
import * as completing from '../../kubectl/complete.ts';
import * as helping from '../../kubectl/help.ts';
import { completion, help } from '../../kubectl/run.ts';
import * as all from '../../kubectl/verbs/all.ts';
import { allVerbs } from '../../kubectl/verbs/index.ts';
import { fill, type Part } from './part.ts';

export const kubectl: Part = [fill(allVerbs, all), fill(help, helping), fill(completion, completing)];
