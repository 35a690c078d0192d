// The printers that `-o` names. Models cli-runtime/pkg/printers.

import { goJson } from '../kube/goText.ts';
import type { KubeObject } from '../kube/meta.ts';
import { toYaml } from '../kube/yamlText.ts';
import { CommandError } from './errors.ts';
import { toKyaml } from './kyaml.ts';
import { itemsOf, type ObjectList, type Printer, type PrinterOptions, templatePrinters } from './output.ts';
import { nameOf } from './resources.ts';

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
