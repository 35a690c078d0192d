// All of kubectl: every verb, help, completion, and templates of output.
import * as completing from '../../kubectl/complete.ts';
import * as helping from '../../kubectl/help.ts';
import { templatePrinters } from '../../kubectl/printers.ts';
import { completion, help } from '../../kubectl/run.ts';
import * as templates from '../../kubectl/templatePrinters.ts';
import * as all from '../../kubectl/verbs/all.ts';
import { allVerbs } from '../../kubectl/verbs/index.ts';
import { fill, type Part } from './part.ts';

export const kubectl: Part = [fill(allVerbs, all), fill(help, helping), fill(completion, completing), fill(templatePrinters, templates)];
