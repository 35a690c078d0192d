// What the names of a shell stand for at this moment: variables, elements of arrays, parameters, what the shell itself keeps, and what is
// calculated from them. What `${x:=…}` and calculations set in the middle of a command is known here before the shell has it.
import { calculate, type Variables } from './arithmetic.ts';
import { elementName, elementsOf, indexesOf, isKeyed, namesOfElements } from './arrays.ts';
import { calculationComplaint } from './grammarComplaint.ts';
import { own } from './own.ts';
import type { Shell } from './process.ts';
import { ScriptError } from './scriptError.ts';

/** Arrays that bash keeps itself. */
const PIPE_STATUSES = 'PIPESTATUS';
const FUNCTION_NAMES = 'FUNCNAME';
/** How long a bash has run, or since when and with what it was told to count. */
export const SECONDS = 'SECONDS';

/** What changes by itself. */
export interface Moment {
  readonly random: () => number;
  readonly nowMs: number;
}

export class Values {
  private readonly shell: Shell;
  private readonly moment: Moment;
  /** It counts when all words of the command could be had. */
  readonly assigned = new Map<string, string>();

  constructor(shell: Shell, moment: Moment) {
    this.shell = shell;
    this.moment = moment;
  }

  /** Undefined: there is no such variable. */
  of(name: string): string | undefined {
    const { shell } = this;
    if (/^[1-9]/.test(name)) return shell.parameters[Number(name) - 1];
    const [, kept = '', index] = /^([A-Z]+)(?:\[(\d+)\])?$/.exec(name) ?? [];
    const list = this.keptList(kept);
    if (list) return list[Number(index ?? 0)];
    switch (name) {
      case '?':
        return String(shell.status);
      case '#':
        return String(shell.parameters.length);
      case '$':
        return String(shell.shellPid);
      case '!':
        return shell.lastBackground ? String(shell.lastBackground) : '';
      case '-':
        return shell.options;
      case '0':
        return shell.scriptName;
      case 'LINENO':
        return String(shell.line + shell.lineFirst);
      case 'RANDOM':
        return shell.kind === 'dash' ? own(shell.variables, name) : String(Math.floor(this.moment.random() * 32768));
      case SECONDS:
        return shell.kind === 'bash' ? String(Math.floor((this.moment.nowMs - shell.startedMs) / 1000)) : own(shell.variables, name);
      default:
        return this.assigned.get(name) ?? own(shell.variables, name) ?? this.firstOf(name);
    }
  }

  /** A variable and the first element of the array of its name are the same. */
  private firstOf(name: string): string | undefined {
    const { variables } = this.shell;
    return own(variables, name.endsWith('[0]') ? name.slice(0, -'[0]'.length) : elementName(name, 0));
  }

  /** All elements of an array, or with `isIndirect` their indexes or keys. */
  all(name: string, isIndirect: boolean): readonly string[] {
    const kept = this.keptList(name);
    if (kept) return isIndirect ? kept.map((_value, i) => String(i)) : kept;
    return isIndirect ? namesOfElements(this.shell, name) : elementsOf(this.shell, name);
  }

  /** In their order, arrays once each. */
  namesBeginning(prefix: string): readonly string[] {
    const names = Object.keys(this.shell.variables).map((name) => name.replace(/\[.*$/s, ''));
    return [...new Set(names)].filter((name) => name.startsWith(prefix)).toSorted((a, b) => (a < b ? -1 : 1));
  }

  /** The status of each command of the last pipe, or the functions that one is in, from within. */
  private keptList(name: string): readonly string[] | undefined {
    const { kind, status, pipeStatuses = [status], isCommand } = this.shell;
    if (kind !== 'bash') return undefined;
    if (name === PIPE_STATUSES) return pipeStatuses.map(String);
    if (name !== FUNCTION_NAMES) return undefined;
    const names = functionsOf(this.shell);
    return names.length > 0 && !isCommand ? [...names, 'main'] : names;
  }

  /** The variable that holds an element: by its key, or by its number, which below zero counts from the end. */
  elementOf(name: string, index: string): string {
    if (isKeyed(this.shell, name)) return elementName(name, index.replace(/^(["'])(.*)\1$/, '$2'));
    const number = this.number(index);
    const last = number < 0 ? (indexesOf(this.shell.variables, name).at(-1) ?? -1) + 1 : 0;
    return elementName(name, number + last);
  }

  // Calculations ------------------------------------------------------------------------------------------------------

  number(expression: string): number {
    return Number(calculate(expression, this.variables));
  }

  /** The value of `((…))`. */
  calculated(expression: string): bigint {
    const { kind, variables } = this.shell;
    if (kind === 'dash') refuseBeyondDash(expression, (name) => own(variables, name));
    try {
      return calculate(expression, this.variables);
    } catch (error) {
      if (!(error instanceof ScriptError)) throw error;
      throw new ScriptError(calculationComplaint(kind, expression, error.message));
    }
  }

  private get variables(): Variables {
    return { get: (name) => this.of(name), set: (name, value) => this.assigned.set(name, value) };
  }
}

/** The functions that a shell is in, from within. */
export function functionsOf({ frames, functionsAbove = [] }: Shell): readonly string[] {
  return [...frames.flatMap(({ functionName }) => functionName ?? []).toReversed(), ...functionsAbove];
}

/** dash counts with numbers only, has no powers, and changes variables by `=` alone. */
function refuseBeyondDash(expression: string, valueOf: (name: string) => string | undefined): void {
  const say = (problem: string) => new ScriptError(`arithmetic expression: ${problem}: "${expression}"`);
  if (/^\s*$/.test(expression) || /\*\*|\w\s*(\+\+|--)\s*($|[-+*/%)])/.test(expression)) throw say('expecting primary');
  if (/,|(^|[^\w])0\d*[89]/.test(expression)) throw say('expecting EOF');
  const wrong = expression
    .match(/[A-Za-z_]\w*(?!\s*=[^=])/g)
    ?.find((name) => !/^\s*([-+]?(0[xX][0-9a-fA-F]+|\d*))\s*$/.test(valueOf(name) ?? ''));
  if (wrong !== undefined) throw new ScriptError(`Illegal number: ${valueOf(wrong)}`);
}
