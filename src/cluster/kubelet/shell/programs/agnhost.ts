// agnhost, the image of the Kubernetes tests: the subcommands that its documentation uses.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { GO_SPARED_CODE, goFlag, goLog } from '../goProgram.ts';
import { addressesOf, answerOf, connect, GRPC_HEALTH } from '../network.ts';
import { own } from '../own.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, saysAddressInUse, server } from '../server.ts';
import { signalNumber } from '../signals.ts';
import type { HttpAnswer, HttpRequest } from '../world.ts';

const plain = (status: number, text: string) => answerOf(status, text, 'text/plain; charset=utf-8');

const go = { onPortTaken: saysAddressInUse, memoryBytes: 10 * MEBIBYTE, sparedCode: GO_SPARED_CODE };

const netexec = server({
  ...go,
  ports: (call) => [Number(goFlag(call, 'http-port') ?? 8080)],
  onReady(call) {
    goLog(call, `Started HTTP server on port ${goFlag(call, 'http-port') ?? 8080}`);
    goLog(call, `Started UDP server on port  ${goFlag(call, 'udp-port') ?? 8081}`);
  },
  answer(call, request) {
    const [path = '', query = ''] = request.path.split('?');
    goLog(call, `GET ${path}`);
    return netexecAnswer(call, path, new URLSearchParams(query), request);
  },
});

function netexecAnswer(call: Call, path: string, query: URLSearchParams, request: HttpRequest): HttpAnswer {
  switch (path) {
    case '/hostname':
    case '/hostName':
      return plain(200, call.kernel.sandbox.hostname);
    case '/echo':
      return plain(Number(query.get('code') ?? 200), query.get('msg') ?? '');
    case '/clientip':
      return plain(200, request.from);
    case '/healthz':
      return plain(200, '');
    case '/exit':
      call.kernel.end(call.process, Number(query.get('code') ?? 0));
      return plain(200, '');
    case '/':
      return plain(200, `NOW: ${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S.000000000 +0000 UTC')}`);
    default:
      return plain(404, '404 page not found\n');
  }
}

/** Healthy for ten seconds, then not any more. */
const LIVENESS_MS = 10_000;

const liveness = server({
  ...go,
  ports: () => [8080],
  answer(call, { path }) {
    const ageMs = call.nowMs - call.process.startedMs;
    if (path !== '/healthz') return plain(200, `${ageMs / 1000}s`);
    return ageMs > LIVENESS_MS ? plain(500, `error: ${ageMs / 1000}`) : plain(200, 'ok');
  },
});

const serveHostname = server({
  ...go,
  ports: (call) => [Number(goFlag(call, 'port') ?? 9376)],
  onReady: (call) => goLog(call, `Serving on port ${goFlag(call, 'port') ?? 9376}.`),
  signals: { TERM: 0 },
  answer: (call) => plain(200, call.kernel.sandbox.hostname),
});

const testWebserver = server({
  ...go,
  ports: (call) => [Number(goFlag(call, 'port') ?? 80)],
  answer(call, { path }) {
    const text = call.read(path.split('?', 1)[0] as string, () => {});
    return text === undefined ? plain(404, '404 page not found\n') : plain(200, text);
  },
});

const grpcHealth = server({
  ...go,
  ports: (call) => [Number(goFlag(call, 'port') ?? 5000), Number(goFlag(call, 'http-port') ?? 8080)],
  onReady: (call) => goLog(call, `Http server starting to listen on :${goFlag(call, 'http-port') ?? 8080}`),
  answer(call, { path }) {
    const memory = call.process.environment;
    const unhealthySeconds = Number(goFlag(call, 'delay-unhealthy-sec') ?? -1);
    const isPast = unhealthySeconds >= 0 && call.nowMs - call.process.startedMs >= unhealthySeconds * 1000;
    if (path === '/make-not-serving') memory['AGNHOST_GRPC'] = 'NOT_SERVING';
    if (path === '/make-serving') memory['AGNHOST_GRPC'] = 'SERVING';
    const health = memory['AGNHOST_GRPC'] ?? (isPast ? 'NOT_SERVING' : 'SERVING');
    const answer = plain(health === 'SERVING' ? 200 : 503, '');
    return { ...answer, headers: { ...answer.headers, [GRPC_HEALTH]: health } };
  },
});

const pausing: Program = {
  run(call) {
    if (call.isFirstStep) call.out('Paused\n');
    call.remember(() => ({ isPaused: true }));
    return {};
  },
  onSignal(call, signal) {
    if (signal !== 'TERM' && signal !== 'INT') return undefined;
    call.out(`Terminated (${signalNumber(signal)})\n`);
    return 0;
  },
};

interface Connecting {
  atMs: number;
  state: string;
}

const connecting: Program = {
  run(call): Outcome {
    const [, target = ''] = call.args;
    const at = target.lastIndexOf(':');
    const [address] = addressesOf(call.kernel, target.slice(0, at));
    const limitMs = Number.parseFloat(goFlag(call, 'timeout') ?? '') * 1000 || Number.MAX_SAFE_INTEGER;
    const memory = call.remember<Connecting>(() => {
      if (address === undefined) return { atMs: call.nowMs, state: 'DNS' };
      const { state, latencyMs } = connect(call.kernel, address, Number(target.slice(at + 1)));
      return { atMs: call.nowMs + Math.min(limitMs, latencyMs), state: latencyMs > limitMs ? 'timeout' : state };
    });
    if (memory.atMs > call.nowMs) return { untilMs: memory.atMs };
    if (memory.state === 'open') return 0;
    call.err(`${{ DNS: 'DNS', timeout: 'TIMEOUT', refused: 'REFUSED' }[memory.state] ?? 'OTHER'}\n`);
    return 1;
  },
};

const entrypointTester: Program = {
  run(call) {
    call.out(`[${['/agnhost', ...call.args].join(' ')}]\n`);
    return 0;
  },
};

const SUBCOMMANDS: Readonly<Record<string, Program>> = {
  netexec,
  liveness,
  pause: pausing,
  connect: connecting,
  'serve-hostname': serveHostname,
  'test-webserver': testWebserver,
  'grpc-health-checking': grpcHealth,
  'entrypoint-tester': entrypointTester,
};

function subcommand(call: Call): Program | undefined {
  return own(SUBCOMMANDS, call.args[0] ?? 'pause');
}

export const agnhost: Program = {
  run: (call) => subcommand(call)?.run(call) ?? call.fail(`Error: unknown command "${call.args[0]}" for "app"`),
  onSignal: (call, signal) => subcommand(call)?.onSignal?.(call, signal),
  answer: (call, request, port) => subcommand(call)?.answer?.(call, request, port) ?? plain(404, ''),
};
