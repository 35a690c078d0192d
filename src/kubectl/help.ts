// Help in words, made from the verbs' own records. Models kubectl/pkg/util/templates/{templater,templates,command_groups}.go.
import type { Flag } from './parse.ts';
import type { Verb } from './verb.ts';
import { globalFlags } from './verb.ts';
import { verbGroups } from './verbs/all.ts';

const GLOBAL_OPTIONS = 'Use "kubectl options" for a list of global command-line options (applies to all commands).';
const moreAbout = (path: string) => `Use "${path} <command> --help" for more information about a given command.`;

export function helpOfAll(): string {
  return [
    'kubectl controls the Kubernetes cluster manager.',
    '',
    ' Find more information at: https://kubernetes.io/docs/reference/kubectl/',
    '',
    ...verbGroups.flatMap(({ title, verbs }) => [`${title}:`, ...listOf(verbs), '']),
    'Usage:',
    '  kubectl [flags] [options]',
    '',
    moreAbout('kubectl'),
    GLOBAL_OPTIONS,
    '',
  ].join('\n');
}

export function helpOf(verb: Verb, path: string): string {
  const { summary, aliases = [], examples = [], verbs, flags, usage } = verb;
  const lines = [`${summary}.`, ''];
  if (aliases.length > 0) lines.push('Aliases:', [verb.name, ...aliases].join(', '), '');
  if (examples.length > 0) lines.push('Examples:', examples.map(({ why, line }) => `  # ${why}\n  ${line}\n`).join('\n'));
  if (verbs) lines.push('Available Commands:', ...listOf(verbs), '');
  if (flags.length > 0) lines.push('Options:', flags.map(optionOf).join('\n\n'), '');
  lines.push('Usage:', `  ${[path, usage, '[options]'].filter(Boolean).join(' ')}`, '');
  if (verbs) lines.push(moreAbout(path));
  lines.push(GLOBAL_OPTIONS, '');
  return lines.join('\n');
}

export function helpOfOptions(): string {
  return ['The following options can be passed to any command:', '', globalFlags.map(optionOf).join('\n\n'), ''].join('\n');
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
