// nginx: files below the root of its configuration, answers that it returns itself, and requests that it passes on; with its logs.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, answerOf, documentAt, parseUrl, request as send } from '../network.ts';
import { own } from '../own.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, server } from '../server.ts';
import type { HttpAnswer, HttpRequest } from '../world.ts';
import { documentAnswer } from './documents.ts';
import { type Configuration, locationFor, readConfiguration } from './nginxConfiguration.ts';

const VERSION = '1.29.3';

function configuration(call: Call): Configuration {
  const folder = '/etc/nginx/conf.d';
  const names = call.files.stat(folder)?.type === 'folder' ? call.files.list(folder).filter((name) => name.endsWith('.conf')) : [];
  const texts = [...names.map((name) => `${folder}/${name}`), '/etc/nginx/nginx.conf'].map((path) => call.read(path, () => {}) ?? '');
  return readConfiguration(texts.join('\n'));
}

function notice(call: Call, text: string): void {
  call.err(`${formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S')} [notice] ${call.process.pid}#${call.process.pid}: ${text}\n`);
}

/** Said in its log and, while it starts, by itself. */
function emergency(call: Call, text: string): number {
  const { pid } = call.process;
  call.err(`${formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S')} [emerg] ${pid}#${pid}: ${text}\nnginx: [emerg] ${text}\n`);
  return 1;
}

const serving = server({
  ports: (call) => configuration(call).ports,
  onPortTaken(call, port) {
    return emergency(call, `bind() to 0.0.0.0:${port} failed (98: Address already in use)`);
  },
  again: {
    times: 5,
    everyMs: 500,
    say: (call) => notice(call, 'try again to bind() after 500ms'),
    giveUp: (call) => emergency(call, 'still could not bind()'),
  },
  memoryBytes: 6 * MEBIBYTE,
  signals: { TERM: 0, INT: 0, QUIT: 0 },
  onReady(call) {
    call.process.argv = [`nginx: master process ${call.process.argv.join(' ')}`];
    notice(call, 'using the "epoll" event method');
    notice(call, `nginx/${VERSION}`);
    startWorker(call);
  },
  onStop(call, signal) {
    notice(call, `signal ${signal === 'QUIT' ? '3 (SIGQUIT) received, shutting down' : '15 (SIGTERM) received, exiting'}`);
    stopWorkers(call);
    notice(call, 'exit');
  },
  answer(call, request) {
    const answer = answerTo(call, request);
    logAccess(call, request, answer);
    return {
      ...answer,
      headers: { Server: `nginx/${VERSION}`, Date: formatDate(call.nowMs, '%a, %d %b %Y %H:%M:%S GMT'), ...answer.headers },
    };
  },
});

function answerTo(call: Call, request: HttpRequest): HttpAnswer {
  const { root, location } = locationFor(configuration(call), request.path);
  if (location?.returns) return answerOf(location.returns.status, location.returns.text, 'text/plain');
  if (location?.proxy !== undefined) return passOn(call, request, location.proxy);
  const path = documentAt(call, root, request.path);
  const text = path === undefined ? undefined : call.read(path, () => {});
  if (path !== undefined && text !== undefined) return documentAnswer(request, text, path);
  const [plain = ''] = request.path.split('?', 1);
  const isFolder = call.files.stat(`${root}${plain}`.replace(/\/+$/, ''))?.type === 'folder';
  logError(
    call,
    request,
    isFolder ? `directory index of "${root}${plain}" is forbidden` : `open() "${root}${plain}" failed (2: No such file or directory)`,
  );
  return isFolder ? errorPage(403, 'Forbidden') : errorPage(404, 'Not Found');
}

function passOn(call: Call, request: HttpRequest, target: string): HttpAnswer {
  const url = parseUrl(target);
  const [address] = url ? addressesOf(call.kernel, url.host) : [];
  if (!url || address === undefined) return errorPage(502, 'Bad Gateway');
  const { answer, latencyMs } = send(call.kernel, address, url.port, { ...request, host: url.authority, from: call.kernel.sandbox.ip });
  return typeof answer === 'string' ? errorPage(502, 'Bad Gateway') : { ...answer, afterMs: latencyMs };
}

function errorPage(status: number, text: string): HttpAnswer {
  const title = `${status} ${text}`;
  return answerOf(
    status,
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx/${VERSION}</center>\r\n</body>\r\n</html>\r\n`,
  );
}

function logAccess(call: Call, { from, method, path, headers }: HttpRequest, answer: HttpAnswer): void {
  const date = formatDate(call.nowMs, '%d/%b/%Y:%H:%M:%S +0000');
  call.out(
    `${from} - - [${date}] "${method} ${path} HTTP/1.1" ${answer.status} ${answer.body.length} "-" "${headers['User-Agent'] ?? '-'}" "-"\n`,
  );
}

function logError(call: Call, { from, method, path, host }: HttpRequest, reason: string): void {
  const date = formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S');
  call.err(
    `${date} [error] 29#29: *1 ${reason}, client: ${from}, server: localhost, request: "${method} ${path} HTTP/1.1", host: "${host}"\n`,
  );
}

/** Its user in the image. */
const WORKER_USER = 101;
const WORKER = 'nginx: worker process';

/** The one that answers: which process does it is of no matter here, only that there is one beside the master. */
function startWorker(call: Call): void {
  notice(call, 'start worker processes');
  const { body, descriptors } = call.process;
  if (body.type !== 'program') return;
  const worker = call.kernel.fork(call.process, { body: { ...body, state: undefined }, descriptors: { ...descriptors } });
  if (!worker) return;
  worker.argv = [WORKER];
  worker.user = WORKER_USER;
  worker.memoryBytes = 2 * MEBIBYTE;
  notice(call, `start worker process ${worker.pid}`);
}

function stopWorkers({ kernel, process }: Call): void {
  const workers = kernel.sandbox.processes.filter(({ parent, argv: [title] }) => parent === process.id && title === WORKER);
  for (const worker of workers) {
    kernel.signal(worker, 'KILL');
    kernel.reap(worker);
  }
}

function reload(call: Call): void {
  notice(call, 'signal 1 (SIGHUP) received, reconfiguring');
  stopWorkers(call);
  startWorker(call);
}

const SIGNALS: Readonly<Record<string, string>> = { quit: 'QUIT', stop: 'TERM', reload: 'HUP', reopen: 'USR1' };

export const nginx: Program = {
  ...serving,
  run(call) {
    if (call.process.argv[0] === WORKER) return {};
    const [option, word = ''] = call.args;
    if (option === '-v' || option === '-V') {
      call.err(`nginx version: nginx/${VERSION}\n`);
      return 0;
    }
    if (option === '-t') {
      call.err(
        'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\nnginx: configuration file /etc/nginx/nginx.conf test is successful\n',
      );
      return 0;
    }
    return option === '-s' ? signalMaster(call, own(SIGNALS, word)) : serving.run(call);
  },
  onSignal(call, signal) {
    if (call.process.argv[0] === WORKER) return undefined;
    if (signal === 'HUP') reload(call);
    return signal === 'HUP' || signal === 'USR1' ? 'goes on' : serving.onSignal?.(call, signal);
  },
};

/** `nginx -s quit`. */
function signalMaster(call: Call, signal: string | undefined): number {
  const { body, id } = call.process;
  const master = call.kernel.sandbox.processes.find(
    (process) =>
      process.box === call.box.name &&
      process.id !== id &&
      process.body.type === 'program' &&
      body.type === 'program' &&
      process.body.program === body.program,
  );
  if (!master || !signal) {
    call.err('nginx: [error] invalid PID number "" in "/run/nginx.pid"\n');
    return 1;
  }
  call.kernel.signal(master, signal);
  return 0;
}
