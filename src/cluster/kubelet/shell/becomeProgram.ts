// Makes a shell's process into a program; if that cannot be, says why and ends it.
import type { ShellContext } from './context.ts';
import { type ExecFault, execute } from './execute.ts';
import type { Shell } from './process.ts';

export function becomeProgram(context: ShellContext, argv: readonly string[], isExec: boolean): void {
  const fault = execute(context.kernel, context.process, argv, context.shell.variables['PATH'] ?? '');
  if (!fault) return;
  const said = programFault(context.shell, argv[0] ?? '', fault);
  const isBashExec = isExec && context.shell.kind === 'bash';
  if (isBashExec && fault === 'is a folder') context.complain(said);
  context.complain(isBashExec ? wordsOfExec(said) : said, isExec ? 'exec' : undefined);
  context.exit(fault === 'not found' || fault === 'not in path' ? 127 : 126);
}

/** As `exec` of bash words it. */
function wordsOfExec(said: string): string {
  return said.replace(/: command not found$/, ': not found').replace(/: (Is a directory)$/, ': cannot execute: $1');
}

function programFault({ kind }: Shell, name: string, fault: ExecFault): string {
  if (fault === 'denied') return `${name}: Permission denied`;
  if (fault === 'is a folder') return kind === 'bash' ? `${name}: Is a directory` : `${name}: Permission denied`;
  if (kind !== 'bash') return `${name}: not found`;
  return fault === 'not in path' ? `${name}: command not found` : `${name}: No such file or directory`;
}
