// From the text of a file of plain data to its fields, with the line of every mistake.
import type { FileType } from '../i18n/mistakes.ts';
import { ManifestError } from '../kube/manifestError.ts';
import { readYaml } from '../kube/yaml.ts';
import { Field, mistaken } from './field.ts';

/** Throws ScenarioError naming the line. */
export function readFile(text: string, file: FileType): Field {
  try {
    const { value, lineOf } = readYaml(text);
    return new Field(value, [], lineOf, file);
  } catch (error) {
    if (error instanceof ManifestError) throw mistaken({ type: 'yaml', line: error.line, code: error.code });
    throw error;
  }
}
