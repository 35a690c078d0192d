// test and [.
import type { Sayings } from '../complaint.ts';
import { TestError, testWords } from '../condition.ts';
import { instant } from '../program.ts';

function sayings({ message, isNumber }: TestError, words: readonly string[]): Sayings {
  const [first = '', second = ''] = words;
  if (isNumber)
    return { ash: `${message}: bad number`, dash: `Illegal number: ${message}`, bash: `${message}: integer expression expected` };
  const bash =
    words.length === 2
      ? `${first}: unary operator expected`
      : words.length === 3
        ? `${second}: binary operator expected`
        : 'too many arguments';
  return { ash: message, dash: message.endsWith('unknown operand') ? `${first}: unexpected operator` : message, bash };
}

export const test = instant((call) => {
  const words = [...call.args];
  if (call.name === '[' && words.pop() !== ']') {
    call.complain({ ash: 'missing ]', dash: 'missing ]', bash: "missing `]'" });
    return 2;
  }
  try {
    return testWords(words, call) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    call.complain(sayings(error, words));
    return 2;
  }
});
