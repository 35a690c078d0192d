// Help in words, made from the verbs' own records.
import type { Flag } from './parse.ts';
import type { Verb } from './verb.ts';
import { globalFlags } from './verb.ts';
import { verbs } from './verbs/index.ts';

export function helpOfAll(): string {
  return [
    'kubectl talks to the API server of this cluster.',
    '',
    'Commands:',
    ...listOf(verbs),
    '',
    'Use "kubectl <command> --help" for more information about a given command.',
    '',
  ].join('\n');
}

export function helpOf(verb: Verb, path: string): string {
  const lines = [verb.summary, ''];
  if (verb.examples?.length) lines.push('Examples:', verb.examples.map(({ why, line }) => `  # ${why}\n  ${line}\n`).join('\n'));
  if (verb.verbs) lines.push('Available Commands:', ...listOf(verb.verbs), '');
  if (verb.flags.length > 0) lines.push('Options:', ...verb.flags.map(optionOf), '');
  lines.push('Usage:', `  ${path} ${verb.verbs ? 'SUBCOMMAND ' : ''}${verb.usage}`.trimEnd(), '');
  lines.push(`Understood everywhere: ${globalFlags.map((flag) => `--${flag.name}`).join(', ')}.`, '');
  return lines.join('\n');
}

function listOf(list: readonly Verb[]): string[] {
  const width = Math.max(...list.map(({ name }) => name.length));
  return list.map(({ name, summary }) => `  ${name.padEnd(width)}   ${summary}`);
}

function optionOf({ name, short, type, default: value, help }: Flag): string {
  const shown =
    type === 'bool'
      ? (value ?? 'false')
      : type === 'list' || type === 'array'
        ? '[]'
        : type === 'int'
          ? (value ?? '0')
          : `'${value ?? ''}'`;
  return `    ${short ? `-${short}, ` : ''}--${name}=${shown}:\n\t${help}`;
}
