// python3: its web server, and small scripts of `-c` in a little of the language.
import type { Call, Outcome } from '../../call.ts';
import { formatDate } from '../../dates.ts';
import { answerOf, documentAt } from '../../network.ts';
import type { Program } from '../../program.ts';
import { MEBIBYTE, server } from '../../server.ts';
import { typeOf } from '../documents.ts';
import { newState, type PythonState, runPython } from './script.ts';

function moduleArguments(call: Call): readonly string[] | undefined {
  const at = call.args.indexOf('-m');
  return at >= 0 && call.args[at + 1] === 'http.server' ? call.args.slice(at + 2) : undefined;
}

function portOf(call: Call): number {
  const words = moduleArguments(call) ?? [];
  return Number(words.find((word, i) => /^\d+$/.test(word) && !/^(-d|--directory|-b|--bind)$/.test(words[i - 1] ?? '')) ?? 8000);
}

function rootOf(call: Call): string {
  const words = moduleArguments(call) ?? [];
  const at = words.findIndex((word) => word === '-d' || word === '--directory');
  return call.path(at < 0 ? '.' : (words[at + 1] ?? '.'));
}

const httpServer = server({
  ports: (call) => [portOf(call)],
  onPortTaken(call) {
    call.err('OSError: [Errno 98] Address already in use\n');
    return 1;
  },
  memoryBytes: 14 * MEBIBYTE,
  onReady(call) {
    // Without -u what it prints stays in its buffer.
    const port = portOf(call);
    if (call.args.includes('-u') || call.variable('PYTHONUNBUFFERED'))
      call.out(`Serving HTTP on 0.0.0.0 port ${port} (http://0.0.0.0:${port}/) ...\n`);
  },
  answer(call, { method, path, from }) {
    const root = rootOf(call);
    const file = documentAt(call, root, path);
    const text = file === undefined ? listing(call, root, path) : call.read(file, () => {});
    const status = text === undefined ? 404 : 200;
    const date = formatDate(call.nowMs, '%d/%b/%Y %H:%M:%S');
    if (status === 404) call.err(`${from} - - [${date}] code 404, message File not found\n`);
    call.err(`${from} - - [${date}] "${method} ${path} HTTP/1.1" ${status} -\n`);
    return text === undefined
      ? answerOf(404, NOT_FOUND)
      : answerOf(200, text, file === undefined ? 'text/html; charset=utf-8' : typeOf(file));
  },
});

const NOT_FOUND =
  '<!DOCTYPE HTML>\n<html lang="en">\n    <head>\n        <meta charset="utf-8">\n        <title>Error response</title>\n    </head>\n    <body>\n        <h1>Error response</h1>\n        <p>Error code: 404</p>\n        <p>Message: File not found.</p>\n        <p>Error code explanation: 404 - Nothing matches the given URI.</p>\n    </body>\n</html>\n';

function listing(call: Call, root: string, path: string): string | undefined {
  const folder = `${root}${path.split('?', 1)[0]}`.replace(/\/+$/, '');
  if (call.files.stat(folder)?.type !== 'folder') return undefined;
  const items = call.files.list(folder).map((name) => `<li><a href="${name}">${name}</a></li>\n`);
  return `<!DOCTYPE HTML>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>Directory listing for ${path}</title>\n</head>\n<body>\n<h1>Directory listing for ${path}</h1>\n<hr>\n<ul>\n${items.join('')}</ul>\n<hr>\n</body>\n</html>\n`;
}

function scriptOf(call: Call): string | undefined {
  const at = call.args.indexOf('-c');
  if (at >= 0) return call.args[at + 1] ?? '';
  const file = call.args.find((word) => !word.startsWith('-'));
  return file === undefined ? undefined : call.read(file, (reason) => call.fail(`can't open file '${file}': [Errno 2] ${reason}`));
}

export const python: Program = {
  ...httpServer,
  run(call): Outcome {
    if (moduleArguments(call)) return httpServer.run(call);
    if (call.args[0] === '--version' || call.args[0] === '-V') {
      call.out('Python 3.14.0\n');
      return 0;
    }
    const script = scriptOf(call);
    if (script === undefined) return call.args.length > 0 ? 2 : {};
    return runPython(call, script, call.remember<PythonState>(newState));
  },
};
