// Output by a template, and the order of --sort-by: JSONPath and Go's templates.
import { sorting, templatePrinters } from '../../kubectl/output.ts';
import * as sorts from '../../kubectl/sorting.ts';
import * as printers from '../../kubectl/templatePrinters.ts';
import { fill, type Part } from './part.ts';

export const templates: Part = [fill(templatePrinters, printers), fill(sorting, sorts)];
