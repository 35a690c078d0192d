// Reads a program's options as getopt(3) does.
import type { Call } from './call.ts';

export interface Options {
  /** By letter or long name; what was given several times is there in order. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  readonly operands: readonly string[];
  has(name: string): boolean;
  /** The last value of an option. */
  value(name: string): string | undefined;
}

/**
 * `letters` as getopt's: a colon after those that take a value; a plus at the beginning ends the options at the first operand. Long
 * names stand for a letter or for themselves, with `=` if they take a value. A number: the exit code after a mistake, which was said.
 */
export function readOptions(call: Call, letters: string, long: Readonly<Record<string, string>> = {}): Options | number {
  const given: Record<string, string[]> = {};
  const operands: string[] = [];
  const rest = [...call.args];
  const add = (name: string, value: string) => {
    const values = given[name];
    if (values) values.push(value);
    else given[name] = [value];
  };
  while (rest.length > 0) {
    const word = rest.shift() as string;
    if (word === '--') {
      operands.push(...rest);
      break;
    }
    if (word.startsWith('--')) {
      const mistake = readLong(word.slice(2), long, rest, add);
      if (mistake) return call.misuse(mistake);
    } else if (word.startsWith('-') && word !== '-') {
      const mistake = readLetters(word, letters, rest, add);
      if (mistake) return call.misuse(mistake);
    } else {
      operands.push(word);
      if (letters.startsWith('+')) {
        operands.push(...rest);
        break;
      }
    }
  }
  return { given, operands, has: (name) => name in given, value: (name) => given[name]?.at(-1) };
}

type Add = (name: string, value: string) => void;

function readLong(word: string, long: Readonly<Record<string, string>>, rest: string[], add: Add): string | undefined {
  const at = word.indexOf('=');
  const name = at < 0 ? word : word.slice(0, at);
  const meaning = long[`${name}=`] ?? long[name];
  if (meaning === undefined) return `unrecognized option '--${name}'`;
  if (!(`${name}=` in long)) add(meaning, '');
  else if (at >= 0) add(meaning, word.slice(at + 1));
  else if (rest.length > 0) add(meaning, rest.shift() as string);
  else return `option '--${name}' requires an argument`;
  return undefined;
}

function readLetters(word: string, letters: string, rest: string[], add: Add): string | undefined {
  for (let i = 1; i < word.length; i++) {
    const letter = word[i] as string;
    const at = letter === ':' || letter === '+' ? -1 : letters.indexOf(letter);
    if (at < 0) return `invalid option -- '${letter}'`;
    if (letters[at + 1] !== ':') {
      add(letter, '');
      continue;
    }
    const value = word.slice(i + 1) || rest.shift();
    if (value === undefined) return `option requires an argument -- '${letter}'`;
    add(letter, value);
    break;
  }
  return undefined;
}

/** The value of an option wherever it stands: `-h db`, `--host db`, `--host=db`. */
export function optionValue(call: Call, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const at = call.args.indexOf(name);
    if (at >= 0) return call.args[at + 1];
    const whole = call.args.find((word) => word.startsWith(`${name}=`));
    if (whole !== undefined) return whole.slice(name.length + 1);
  }
  return undefined;
}
