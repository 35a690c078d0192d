// The printers of templates: JSON paths, Go's templates, columns of one's own. Models cli-runtime/pkg/printers and
// kubectl/pkg/cmd/get/customcolumn.go.
import { goJson, goSyntax, goText } from '../kube/goText.ts';
import { findResults, JsonPathError, parseJsonPath, printJsonPath, relaxedJsonPath } from '../kube/jsonpath.ts';
import { CommandError } from './errors.ts';
import { itemsOf, type Printer, type PrinterOptions } from './output.ts';
import { align, TABLE } from './tabwriter.ts';
import { executeTemplate } from './template/execute.ts';
import { parseTemplate, TemplateError } from './template/parse.ts';

export function jsonPathPrinter(text: string, isJson: boolean): Printer {
  const template = withoutMistake(
    () => parseJsonPath(text),
    (why) => `error parsing jsonpath ${text}, ${why}\n`,
  );
  return (object) =>
    withoutMistake(
      () =>
        isJson
          ? findResults(template, object)
              .map((values) => `${goJson(values, 4)}\n`)
              .join('')
          : printJsonPath(template, object),
      (why) =>
        `error executing jsonpath ${JSON.stringify(text)}: Error executing template: ${why}. Printing more information for debugging the template:\n` +
        `\ttemplate was:\n\t\t${text}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
    );
}

export function goTemplatePrinter(text: string): Printer {
  const quoted = JSON.stringify(text);
  const template = withoutMistake(
    () => parseTemplate(text),
    (why) => `error parsing template ${text}, template: output:1: ${why}\n`,
  );
  return (object) =>
    withoutMistake(
      () => executeTemplate(template, object),
      (why) => `error executing template ${quoted}: template: output:1: executing "output": ${why}`,
    );
}

function withoutMistake<T>(work: () => T, textOf: (why: string) => string): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JsonPathError || error instanceof TemplateError) throw new CommandError(textOf(error.message));
    throw error;
  }
}

export function customColumnsPrinter(spec: string, options: PrinterOptions): Printer {
  const columns = spec.split(',').map((part) => {
    const colon = part.indexOf(':');
    if (colon < 0) throw new CommandError(`unexpected custom-columns spec: ${part}, expected <header>:<json-path-expr>`);
    return withoutMistake(
      () => ({ header: part.slice(0, colon), path: parseJsonPath(relaxedJsonPath(part.slice(colon + 1))) }),
      (why) => why,
    );
  });
  return (object) => {
    const lines = options.isWithoutHeaders ? [] : [columns.map(({ header }) => header).join('\t')];
    for (const item of itemsOf(object)) {
      lines.push(
        columns
          .map(({ path }) =>
            withoutMistake(
              () => cellOf(findResults(path, item)),
              (why) => why,
            ),
          )
          .join('\t'),
      );
    }
    return lines.length === 0 ? '' : `${align(lines.join('\n'), TABLE)}\n`;
  };
}

function cellOf(results: readonly (readonly unknown[])[]): string {
  const values = results[0] ?? [];
  if (results.length === 0 || values.length === 0) return '<none>';
  return results.flatMap((each) => each.map((value) => (value === null ? '<none>' : goText(value)))).join(',');
}
