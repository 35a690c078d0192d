// What is printed of objects where something else is asked for than a line: by which printer, and in which order.
import { Late } from '../base/late.ts';
import type { KubeObject } from '../kube/meta.ts';
import type { ParsedArgs } from './parse.ts';
import type * as sorts from './sorting.ts';

/** One object or a List, printed; line ends are the printer's own affair. */
export type Printer = (object: KubeObject | ObjectList) => string;

/** What kubectl wraps several objects in. */
export interface ObjectList {
  readonly apiVersion: 'v1';
  readonly kind: 'List';
  readonly items: readonly KubeObject[];
  readonly metadata: { readonly resourceVersion: string };
}

export function listOf(items: readonly KubeObject[]): ObjectList {
  return { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } };
}

export interface PrinterOptions {
  /** `get` knows more formats than the writing verbs. */
  readonly isGet?: boolean;
  readonly isWithoutHeaders?: boolean;
  /** Who wrote which field is left out of whole objects unless asked for. */
  readonly isShowingManagers?: boolean;
}

interface TemplatePrinters {
  jsonPathPrinter(template: string, isJson: boolean): Printer;
  goTemplatePrinter(template: string): Printer;
  customColumnsPrinter(spec: string, options: PrinterOptions): Printer;
}

/** The printer that `-o output` names. Throws kubectl's refusal for another word. */
export const printers = new Late<(output: string, options?: PrinterOptions) => Printer>('get');
/** The formats with a template in them. */
export const templatePrinters = new Late<TemplatePrinters>('templates');
/** The order of --sort-by, which is a path in such a template. */
export const sorting = new Late<typeof sorts>('templates');

const TEMPLATED = ['go-template', 'jsonpath', 'jsonpath-as-json', 'template'];

/** What `-o` and `--template` ask for together: a template alone is one of Go's. */
export function formatOf(args: ParsedArgs): string {
  const output = args.text('output');
  const template = args.text('template');
  if (!template) return output;
  return output === '' ? `go-template=${template}` : TEMPLATED.includes(output) ? `${output}=${template}` : output;
}

export function itemsOf(object: KubeObject | ObjectList): readonly KubeObject[] {
  return 'items' in object && object.kind === 'List' ? object.items : [object as KubeObject];
}
