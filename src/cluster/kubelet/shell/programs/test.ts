// test and [.
import { TestError, testWords } from '../condition.ts';
import { instant } from '../program.ts';

export const test = instant((call) => {
  const words = [...call.args];
  if (call.name === '[' && words.pop() !== ']') {
    call.err('sh: missing ]\n');
    return 2;
  }
  try {
    return testWords(words, call) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof TestError)) throw error;
    call.err(`sh: ${error.message}\n`);
    return 2;
  }
});
