// Objects as KYAML: YAML in flow style, every text quoted, so that indentation means nothing.
// Models sigs.k8s.io/yaml/kyaml. Leaves out the folding of texts of several lines: their line ends are written as `\n`.
import { type GoMap, isMap, sortedKeys } from '../kube/goText.ts';

const STEP = '  ';
/** Words that YAML may read as something else than a text stay quoted as keys. */
const AMBIGUOUS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;

export function toKyaml(value: unknown): string {
  return `---\n${text(value, '')}\n`;
}

function text(value: unknown, indent: string): string {
  if (Array.isArray(value)) return list(value, indent);
  if (isMap(value)) return map(value, indent);
  return typeof value === 'string' ? JSON.stringify(value) : String(value ?? null);
}

function map(value: GoMap, indent: string): string {
  const keys = sortedKeys(value).filter((key) => value[key] !== undefined);
  if (keys.length === 0) return '{}';
  const lines = keys.map((key) => `${indent}${STEP}${keyText(key)}: ${text(value[key], indent + STEP)},\n`);
  return `{\n${lines.join('')}${indent}}`;
}

/** Maps in a list share the line of its brackets. */
function list(values: readonly unknown[], indent: string): string {
  if (values.length === 0) return '[]';
  if (values.every((value) => isMap(value) && Object.keys(value).length > 0))
    return `[${values.map((value) => text(value, indent)).join(', ')}]`;
  return `[\n${values.map((value) => `${indent}${STEP}${text(value, indent + STEP)},\n`).join('')}${indent}]`;
}

const keyText = (key: string) => (/^[A-Za-z_][\w./-]*$/.test(key) && !AMBIGUOUS.test(key) ? key : JSON.stringify(key));
