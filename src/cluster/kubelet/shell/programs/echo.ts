// echo: -n, -e and -E as busybox and bash have them; dash's own knows no -e but always reads escapes.
import type { Call } from '../call.ts';
import { unescaped } from '../escapes.ts';
import { instant } from '../program.ts';

export const echo = instant((call) => {
  const words = [...call.args];
  let isLineEnded = true;
  let isEscaped = false;
  while (/^-[neE]+$/.test(words[0] ?? '')) {
    for (const letter of (words.shift() as string).slice(1)) {
      if (letter === 'n') isLineEnded = false;
      else isEscaped = letter === 'e';
    }
  }
  return say(call, words, isEscaped, isLineEnded);
});

export function echoOfDash(call: Call): number {
  const isLineEnded = call.args[0] !== '-n';
  return say(call, isLineEnded ? call.args : call.args.slice(1), true, isLineEnded);
}

function say(call: Call, words: readonly string[], isEscaped: boolean, isLineEnded: boolean): number {
  const text = words.join(' ');
  const stop = isEscaped ? /(?<!\\)(?:\\\\)*\\c/.exec(text) : null;
  const shown = stop ? text.slice(0, stop.index + stop[0].length - 2) : text;
  call.out(`${isEscaped ? unescaped(shown) : shown}${isLineEnded && !stop ? '\n' : ''}`);
  return 0;
}
