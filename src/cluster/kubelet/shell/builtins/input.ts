// Builtins that take words apart: read and getopts.
import type { Builtin } from '../builtin.ts';
import type { Call, Outcome } from '../call.ts';
import type { ShellContext } from '../context.ts';
import { inputPipe, putBack, takeInput, takeLine } from '../descriptors.ts';
import { readOptions } from '../options.ts';
import { sayUsage } from './usage.ts';

interface Reading {
  text: string;
  untilMs: number | undefined;
}

const read: Builtin = {
  run(context, call) {
    const options = readOptions(call, '+rp:t:n:N:u:sa:d:i:e');
    if (typeof options === 'number') return 2;
    if (context.shell.kind === 'dash' && options.operands.length === 0) {
      context.complain('arg count', 'read');
      return 2;
    }
    const timeout = options.value('t');
    const reading = call.remember<Reading>(() => {
      if (call.box.isTerminal) call.err(options.value('p') ?? '');
      return { text: '', untilMs: timeout === undefined ? undefined : call.nowMs + Number(timeout) * 1000 };
    });
    const descriptor = Number(options.value('u') ?? 0);
    const isRaw = options.has('r');
    const count = options.value('n') ?? options.value('N');
    const end = options.value('d');
    const state =
      count !== undefined
        ? readLetters(context, reading, descriptor, Number(count))
        : end !== undefined
          ? readUpTo(context, reading, descriptor, end.charAt(0) || '\0')
          : readLine(context, reading, descriptor, isRaw);
    if (state === 'wait') {
      const isLate = reading.untilMs !== undefined && reading.untilMs <= call.nowMs;
      if (!isLate) return waitFor(context, descriptor, reading);
    }
    const array = options.value('a');
    if (array !== undefined) context.assignArray(array, fieldsOf(context, reading.text, isRaw), false);
    else {
      const names = options.operands.length > 0 ? options.operands : ['REPLY'];
      const wrong = names.find((name) => !/^[A-Za-z_]\w*$/.test(name));
      if (wrong !== undefined) return wrongName(context, wrong);
      // Without a name the whole line is kept.
      const fields =
        options.operands.length > 0 ? fieldsOf(context, reading.text, isRaw, names.length) : [textOf(lettersOf(reading.text, '', isRaw))];
      for (const [i, name] of names.entries()) context.assign(name, fields[i] ?? '');
    }
    return state === 'line' ? 0 : 1;
  },
};

function wrongName(context: ShellContext, name: string): number {
  const { kind } = context.shell;
  const text = kind === 'dash' ? `${name}: bad variable name` : `'${name}': bad variable name`;
  context.complain(kind === 'bash' ? `\`${name}': not a valid identifier` : text, 'read');
  return kind === 'dash' ? 2 : 1;
}

function waitFor(context: ShellContext, descriptor: number, { untilMs }: Reading): Outcome {
  const input = inputPipe(context.process, descriptor);
  return { ...(input !== undefined && { input }), ...(untilMs !== undefined && { untilMs }) };
}

function readLine(context: ShellContext, reading: Reading, descriptor: number, isRaw: boolean): 'line' | 'end' | 'wait' {
  for (;;) {
    const line = takeLine(context.kernel, context.process, descriptor);
    if (line === undefined) return 'wait';
    if (!line.endsWith('\n')) {
      reading.text += line;
      return 'end';
    }
    reading.text += line.slice(0, -1);
    // A backslash at its end goes on with the next line.
    if (isRaw || !/(^|[^\\])(\\\\)*\\$/.test(reading.text)) return 'line';
    reading.text = reading.text.slice(0, -1);
  }
}

function readLetters(context: ShellContext, reading: Reading, descriptor: number, count: number): 'line' | 'end' | 'wait' {
  const input = takeInput(context.kernel, context.process, descriptor);
  if (!input) return 'wait';
  const wanted = count - reading.text.length;
  reading.text += input.text.slice(0, wanted);
  putBack(context.kernel, context.process, descriptor, input.text.slice(wanted));
  if (reading.text.length >= count) return 'line';
  return input.isAtEnd ? 'end' : 'wait';
}

/** `read -d`. */
function readUpTo(context: ShellContext, reading: Reading, descriptor: number, end: string): 'line' | 'end' | 'wait' {
  const input = takeInput(context.kernel, context.process, descriptor);
  if (!input) return 'wait';
  const at = input.text.indexOf(end);
  reading.text += at < 0 ? input.text : input.text.slice(0, at);
  if (at < 0) return input.isAtEnd ? 'end' : 'wait';
  putBack(context.kernel, context.process, descriptor, input.text.slice(at + 1));
  return 'line';
}

/** The fields of a line, as many as there may be; the last one takes the rest. */
function fieldsOf(context: ShellContext, text: string, isRaw: boolean, countMax = Number.POSITIVE_INFINITY): string[] {
  const separators = context.shell.variables['IFS'] ?? ' \t\n';
  const letters = lettersOf(text, separators, isRaw);
  const isBlank = (i: number) => letters[i]?.isSeparator === true && ' \t\n'.includes(letters[i].letter);
  const fields: string[] = [];
  let at = 0;
  while (isBlank(at)) at++;
  while (at < letters.length && fields.length < countMax) {
    let end = at;
    if (fields.length < countMax - 1) while (end < letters.length && !letters[end]?.isSeparator) end++;
    else {
      end = letters.length;
      while (end > at && isBlank(end - 1)) end--;
    }
    fields.push(textOf(letters.slice(at, end)));
    at = end;
    while (isBlank(at)) at++;
    if (letters[at]?.isSeparator && !isBlank(at)) at++;
    while (isBlank(at)) at++;
  }
  return fields;
}

interface Letter {
  readonly letter: string;
  readonly isSeparator: boolean;
}

function lettersOf(text: string, separators: string, isRaw: boolean): Letter[] {
  const out: Letter[] = [];
  for (let i = 0; i < text.length; i++) {
    const isEscape = !isRaw && text[i] === '\\';
    if (isEscape) i++;
    const letter = text[i];
    if (letter !== undefined) out.push({ letter, isSeparator: !isEscape && separators.includes(letter) });
  }
  return out;
}

function textOf(letters: readonly Letter[]): string {
  return letters.map(({ letter }) => letter).join('');
}

/** `mapfile` and `readarray` of bash: the lines of the input as an array. */
const mapfile: Builtin = {
  run(context, call) {
    const options = readOptions(call, '+td:n:');
    if (typeof options === 'number') return 2;
    const memory = call.remember(() => ({ text: '' }));
    const input = call.takeInput();
    if (input) memory.text += input.text;
    if (!input?.isAtEnd) return call.inputWait;
    const lines = memory.text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const count = Number(options.value('n') ?? 0) || lines.length;
    context.assignArray(
      options.operands[0] ?? 'MAPFILE',
      lines.slice(0, count).map((line) => (options.has('t') ? line.replace(/\n$/, '') : line)),
      false,
    );
    return 0;
  },
};

/** Where getopts is within a word of several letters, beside OPTIND. */
const PLACE = 'OPTPLACE';

const getopts: Builtin = {
  run(context, call) {
    const [letters, name, ...given] = call.args;
    const { shell } = context;
    if (letters === undefined || name === undefined) {
      if (shell.kind === 'bash') return sayUsage(call);
      context.complain(shell.kind === 'dash' ? 'Usage: getopts optstring var [arg...]' : 'usage: getopts optstring var [arg]', 'getopts');
      return 2;
    }
    const words = given.length > 0 ? given : shell.parameters;
    const index = Number(shell.variables['OPTIND'] ?? 1) || 1;
    const place = index === 1 && !shell.variables[PLACE] ? 1 : Number(shell.variables[PLACE] || 1);
    const word = words[index - 1];
    context.setVariable('OPTARG', undefined);
    if (word === undefined || !/^-./.test(word) || word === '--') {
      if (word === '--') context.assign('OPTIND', String(index + 1));
      context.assign(name, '?');
      return 1;
    }
    const letter = word[place] as string;
    const isLast = place + 1 >= word.length;
    context.assign(PLACE, isLast ? '' : String(place + 1));
    context.assign('OPTIND', String(isLast ? index + 1 : index));
    takeOption(context, call, { letters, name, letter, rest: word.slice(place + 1), next: words[index], index });
    return 0;
  },
};

function optionComplaint({ shell }: ShellContext, letter: string, isMissing: boolean): string {
  if (shell.kind === 'bash') return `${shell.scriptName}: ${isMissing ? 'option requires an argument' : 'illegal option'} -- ${letter}\n`;
  return isMissing ? `No arg for -${letter} option\n` : `Illegal option -${letter}\n`;
}

interface OptionFound {
  readonly letters: string;
  readonly name: string;
  readonly letter: string;
  readonly rest: string;
  readonly next: string | undefined;
  readonly index: number;
}

function takeOption(context: ShellContext, call: Call, { letters, name, letter, rest, next, index }: OptionFound): void {
  const isSilent = letters.startsWith(':');
  const at = letter === ':' ? -1 : letters.indexOf(letter);
  const argument = rest || next;
  const isMissing = at >= 0 && letters[at + 1] === ':' && argument === undefined;
  if (at < 0 || isMissing) {
    context.assign(name, isMissing && isSilent ? ':' : '?');
    if (isSilent) context.assign('OPTARG', letter);
    else call.err(optionComplaint(context, letter, isMissing));
    return;
  }
  context.assign(name, letter);
  if (letters[at + 1] !== ':') return;
  context.assign('OPTARG', argument as string);
  context.assign(PLACE, '');
  context.assign('OPTIND', String(rest ? index + 1 : index + 2));
}

export const input: Readonly<Record<string, Builtin>> = { read, getopts, mapfile, readarray: mapfile };
