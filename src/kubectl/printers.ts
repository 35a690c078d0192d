// What `-o` names, as functions from objects to text. Models cli-runtime/pkg/printers.

import { Late } from '../base/late.ts';
import { goJson } from '../kube/goText.ts';
import { toYaml } from '../kube/manifest.ts';
import type { KubeObject } from '../kube/meta.ts';
import { CommandError } from './errors.ts';
import { toKyaml } from './kyaml.ts';
import type { ParsedArgs } from './parse.ts';
import { nameOf } from './resources.ts';
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

const FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];
const GET_FORMATS = [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide'];

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

/** The printer that `-o output` names. Throws kubectl's refusal for another word. */
export function printerFor(output: string, options: PrinterOptions = {}): Printer {
  const equals = output.indexOf('=');
  const format = equals < 0 ? output : output.slice(0, equals);
  const template = equals < 0 ? undefined : output.slice(equals + 1);
  const shown = options.isShowingManagers ? <T>(object: T) => object : withoutManagers;
  switch (format) {
    case 'json':
      return (object) => `${goJson(shown(object), 4)}\n`;
    case 'yaml':
      return (object) => toYaml(shown(object));
    case 'name':
      return (object) =>
        itemsOf(object)
          .map((item) => `${nameOf(item, item.metadata.name)}\n`)
          .join('');
    case 'jsonpath':
    case 'jsonpath-as-json':
      return templatePrinters
        .get()
        .jsonPathPrinter(withTemplate(template, 'template format specified but no template given'), format === 'jsonpath-as-json');
    case 'custom-columns':
      if (options.isGet)
        return templatePrinters
          .get()
          .customColumnsPrinter(withTemplate(template, 'custom-columns format specified but no custom columns given'), options);
      break;
    case 'go-template':
    case 'template':
      return templatePrinters.get().goTemplatePrinter(withTemplate(template, 'template format specified but no template given'));
    case 'kyaml':
      return (object) => toKyaml(shown(object));
    case 'jsonpath-file':
    case 'go-template-file':
    case 'templatefile':
    case 'custom-columns-file':
      throw new CommandError(`there are no files here to read a template from; give it after -o ${format.replace(/-?file$/, '')}=`);
  }
  const formats = (options.isGet ? GET_FORMATS : FORMATS).toSorted().join(',');
  throw new CommandError(`unable to match a printer suitable for the output format "${output}", allowed formats are: ${formats}`);
}

function withTemplate(template: string | undefined, otherwise: string): string {
  if (!template) throw new CommandError(otherwise);
  return template;
}

function withoutManagers(object: KubeObject | ObjectList): KubeObject | ObjectList {
  if ('items' in object && object.kind === 'List')
    return { ...object, items: object.items.map((item) => withoutManagers(item) as KubeObject) };
  const { managedFields, ...metadata } = (object as KubeObject).metadata ?? {};
  return managedFields === undefined ? object : ({ ...object, metadata } as KubeObject);
}

export function itemsOf(object: KubeObject | ObjectList): readonly KubeObject[] {
  return 'items' in object && object.kind === 'List' ? object.items : [object as KubeObject];
}
