// nc: -z asks whether a port is open; -l waits for one visitor and answers what he asks with its input; otherwise the input is sent
// and the answer printed. Limitation: -e runs nothing.
import type { Call, Outcome } from '../call.ts';
import { addressesOf, connect, listen, request } from '../network.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';

interface Memory {
  text: string;
  atMs: number | null;
  state: string;
  /** Somebody has come, and what he asked for was answered. */
  isAnswered: boolean;
}

const LETTERS = 'lp:zvw:nue:kqN4i:s:';

export const nc: Program = {
  run(call) {
    const options = readOptions(call, LETTERS);
    if (typeof options === 'number') return options;
    const memory = call.remember<Memory>(begin);
    if (options.has('l')) return serveOnce(call, Number(options.value('p') ?? options.operands.at(-1)), memory, options.has('k'));
    const [host = '', port = ''] = options.operands;
    return options.has('z')
      ? probe(call, host, port, memory, options.has('v'), Number(options.value('w') ?? 0))
      : talk(call, host, port, memory);
  },
  answer(call, { method, path, host, headers, body }) {
    const memory = call.remember<Memory>(begin);
    const input = call.takeInput();
    const head = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    // Another nc sends what it was given and no more.
    call.out(head.length === 0 ? body : `${method} ${path} HTTP/1.1\r\nHost: ${host}\r\n${head.join('')}\r\n${body}`);
    goOn(call);
    return parseAnswer(memory.text + (input?.text ?? ''));
  },
  onKnock: goOn,
};

function goOn(call: Call): void {
  call.remember<Memory>(begin).isAnswered = true;
  call.process.wait = undefined;
}

function begin(): Memory {
  return { text: '', atMs: null, state: '', isAnswered: false };
}

function serveOnce(call: Call, port: number, memory: Memory, isLasting: boolean): Outcome {
  if (memory.isAnswered && !isLasting) return 0;
  memory.isAnswered = false;
  if (!listen(call.kernel, call.process, port)) return call.fail('bind: Address already in use');
  const input = call.takeInput();
  memory.text += input?.text ?? '';
  return input && !input.isAtEnd ? call.inputWait : {};
}

/** What was piped into `nc -l`, as an answer of HTTP. */
function parseAnswer(text: string) {
  const [, status, rest = ''] = /^HTTP\/\d\.\d (\d{3})[^\n]*\n([^]*)$/.exec(text) ?? [];
  if (status === undefined) return { status: 200, headers: {}, body: text, afterMs: 0 };
  const [, head = '', body = ''] = /^([^]*?)\r?\n\r?\n([^]*)$/.exec(`\n${rest}`) ?? [];
  const headers = Object.fromEntries(
    head
      .split(/\r?\n/)
      .filter((line) => line.includes(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 1).trim()]),
  );
  return { status: Number(status), headers, body, afterMs: 0 };
}

function probe(call: Call, host: string, port: string, memory: Memory, isVerbose: boolean, limitSeconds: number): Outcome {
  const [address] = addressesOf(call.kernel, host);
  if (memory.atMs === null) {
    const found = address === undefined ? { state: 'bad-address', latencyMs: 20 } : connect(call.kernel, address, Number(port));
    memory.state = found.state;
    memory.atMs = call.nowMs + (limitSeconds > 0 ? Math.min(found.latencyMs, limitSeconds * 1000) : found.latencyMs);
  }
  if (memory.atMs > call.nowMs) return { untilMs: memory.atMs };
  if (memory.state === 'bad-address') return call.fail(`bad address '${host}'`);
  if (memory.state === 'open') {
    if (isVerbose) call.err(`${host} (${address}:${port}) open\n`);
    return 0;
  }
  if (isVerbose) call.fail(`${host} (${address}:${port}): ${memory.state === 'refused' ? 'Connection refused' : 'Connection timed out'}`);
  return 1;
}

function talk(call: Call, host: string, port: string, memory: Memory): Outcome {
  if (memory.atMs !== null) {
    if (memory.atMs > call.nowMs) return { untilMs: memory.atMs };
    call.out(memory.text);
    return memory.state === '' ? 0 : call.fail(memory.state);
  }
  const input = call.takeInput();
  memory.text += input?.text ?? '';
  if (!input?.isAtEnd) return call.inputWait;
  const [address] = addressesOf(call.kernel, host);
  if (address === undefined) return call.fail(`bad address '${host}'`);
  const [, method = 'GET', path = '/'] = /^([A-Z]+) (\S+)/.exec(memory.text) ?? [];
  const { answer, latencyMs } = request(call.kernel, address, Number(port), {
    method,
    path,
    host,
    headers: {},
    body: memory.text,
    from: call.kernel.sandbox.ip,
  });
  memory.text = typeof answer === 'string' ? '' : answer.body;
  memory.state = typeof answer === 'string' && answer !== 'reset' ? `can't connect to remote host (${address}): Connection refused` : '';
  memory.atMs = call.nowMs + latencyMs;
  return { untilMs: memory.atMs };
}
