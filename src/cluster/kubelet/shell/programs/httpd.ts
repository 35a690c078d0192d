// busybox httpd: files below a folder.
import type { Call } from '../call.ts';
import { answerOf, documentAt } from '../network.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { server } from '../server.ts';
import { startChild } from '../spawn.ts';
import { documentAnswer } from './documents.ts';

interface Choice {
  readonly port: number;
  readonly root: string;
  readonly isInForeground: boolean;
}

function choose(call: Call): Choice | number {
  const options = readOptions(call, 'ifp:h:u:r:c:d:e:m:v');
  if (typeof options === 'number') return options;
  const port = Number((options.value('p') ?? '80').split(':').pop());
  return { port, root: call.path(options.value('h') ?? '.'), isInForeground: options.has('f') };
}

const serving = server({
  ports: (call) => {
    const choice = choose(call);
    return typeof choice === 'number' ? [] : [choice.port];
  },
  onPortTaken: (call) => call.fail('bind: Address already in use'),
  answer(call, request) {
    const choice = choose(call);
    const path = typeof choice === 'number' ? undefined : documentAt(call, choice.root, request.path);
    const text = path === undefined ? undefined : call.read(path, () => {});
    if (path === undefined || text === undefined) return answerOf(404, page('404 Not Found', 'The requested URL was not found'));
    return documentAnswer(request, text, path);
  },
});

function page(title: string, text: string): string {
  return `<HTML><HEAD><TITLE>${title}</TITLE></HEAD>\n<BODY><H1>${title}</H1>\n${text}\n</BODY></HTML>\n`;
}

export const httpd: Program = {
  ...serving,
  run(call) {
    const choice = choose(call);
    if (typeof choice === 'number') return choice;
    if (choice.isInForeground) return serving.run(call);
    // Without -f it goes on in the background.
    if (call.kernel.sandbox.listeners.some(({ port }) => port === choice.port)) return call.fail('bind: Address already in use');
    return startChild(call, [call.argv[0] ?? '', '-f', ...call.args]) === undefined ? 1 : 0;
  },
};
