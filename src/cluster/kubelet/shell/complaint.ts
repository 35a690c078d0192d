// How each kind of shell says what is wrong: where it stands.
import type { Shell, ShellKind } from './process.ts';

/** A complaint with the shell's name and the place before it; `builtin` is who complains. */
export function complaint(shell: Shell, message: string, builtin?: string): string {
  const { kind, scriptName, line, lineFirst, isInteractive } = shell;
  const by = builtin ? `${builtin}: ` : '';
  const number = line + lineFirst;
  let place = '';
  if (kind === 'dash') place = `${number}: ${by}`;
  else if (kind === 'bash') place = isInteractive ? by : `line ${line + 1}: ${by}`;
  else place = isInteractive ? by : `${by}line ${number}: `;
  return `${scriptName}: ${place}${message}\n`;
}

/** What `test` and `printf` say, by who runs them. */
export type Sayings = Readonly<Record<ShellKind, string>>;
