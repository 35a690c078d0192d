// node: of a script's text it is read what it prints, on which port it listens and with what it answers.
// Limitation: nothing of JavaScript is run.
import type { Call } from '../call.ts';
import { answerOf } from '../network.ts';
import { optionValue } from '../options.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, server } from '../server.ts';

const VERSION = 'v24.11.0';

/** The text after `-e`, or of the file that is named; undefined: it cannot be had, which was said. */
function scriptOf(call: Call): string | undefined {
  const given = optionValue(call, '-e', '--eval');
  if (given !== undefined) return given;
  const file = call.args.find((word) => !word.startsWith('-')) ?? '';
  return call.read(file, () => call.err(`Error: Cannot find module '${call.path(file)}'\n`));
}

const texts = (script: string, before: RegExp) => [...script.matchAll(before)].map((found) => found.slice(1).find(Boolean) ?? '');
const PRINTED = /console\.log\(\s*(?:'([^']*)'|"([^"]*)"|`([^`]*)`)\s*\)/g;
const ANSWERED = /\.(?:end|send)\(\s*(?:'([^']*)'|"([^"]*)"|`([^`]*)`)\s*\)/g;

const portOf = (script: string) => /\.listen\(\s*(?:process\.env\.PORT\s*\|\|\s*)?(\d+)/.exec(script)?.[1];
const unescaped = (text: string) => text.replaceAll('\\n', '\n');

const listening = server({
  ports: (call) => [Number(portOf(scriptOf(call) ?? ''))],
  onPortTaken(call, port) {
    call.err(`Error: listen EADDRINUSE: address already in use :::${port}\n`);
    return 1;
  },
  memoryBytes: 40 * MEBIBYTE,
  cpuMilli: 1,
  answer: (call) => answerOf(200, unescaped(texts(scriptOf(call) ?? '', ANSWERED)[0] ?? ''), 'text/plain'),
});

export const node: Program = {
  ...listening,
  run(call) {
    if (call.args.some((word) => word === '-v' || word === '--version')) {
      call.out(`${VERSION}\n`);
      return 0;
    }
    const script = scriptOf(call);
    if (script === undefined) return 1;
    if (call.isFirstStep) for (const text of texts(script, PRINTED)) call.out(`${unescaped(text)}\n`);
    return portOf(script) === undefined ? 0 : listening.run(call);
  },
};
