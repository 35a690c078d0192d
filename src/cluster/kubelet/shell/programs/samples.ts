// The small web servers of tutorials: hello-app, http-echo, echoserver, whoami and their like.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { GO_SPARED_CODE, goFlag, goLog } from '../goProgram.ts';
import { answerOf } from '../network.ts';
import type { Program } from '../program.ts';
import { ENDS_ON_TERM, MEBIBYTE, saysAddressInUse, server } from '../server.ts';
import type { HttpRequest } from '../world.ts';

function imageTag(call: Call): string {
  return /:([\w.-]+)$/.exec(call.box.image)?.[1] ?? '1.0';
}

/** gcr.io/google-samples/hello-app. A Go program without a handler: as process 1 it does not end on TERM. */
export const helloApp: Program = server({
  ports: (call) => [Number(call.variable('PORT') ?? 8080)],
  onPortTaken: saysAddressInUse,
  memoryBytes: 4 * MEBIBYTE,
  sparedCode: GO_SPARED_CODE,
  onReady: (call) => goLog(call, `Server listening on port ${call.variable('PORT') ?? 8080}`),
  answer(call, { path }) {
    goLog(call, `Serving request: ${path}`);
    return answerOf(200, `Hello, world!\nVersion: ${imageTag(call)}.0\nHostname: ${call.kernel.sandbox.hostname}\n`, 'text/plain');
  },
});

/** gcr.io/google-samples/node-hello. */
export const nodeHello: Program = server({
  ports: () => [8080],
  onPortTaken: saysAddressInUse,
  memoryBytes: 30 * MEBIBYTE,
  answer: () => answerOf(200, 'Hello Kubernetes!', 'text/plain'),
});

/** gcr.io/google-samples/kubernetes-bootcamp, of the tutorial "Learn Kubernetes Basics". */
export const bootcamp: Program = server({
  ports: () => [8080],
  onPortTaken: saysAddressInUse,
  memoryBytes: 30 * MEBIBYTE,
  onReady(call) {
    const startedAt = formatDate(call.nowMs, '%Y-%m-%dT%H:%M:%S.000Z');
    call.out(`Kubernetes Bootcamp App Started At: ${startedAt} | Running On:  ${call.kernel.sandbox.hostname} \n`);
  },
  answer(call) {
    const version = imageTag(call).replace(/\D/g, '');
    return answerOf(200, `Hello Kubernetes bootcamp! | Running on: ${call.kernel.sandbox.hostname} | v=${version}\n`, 'text/plain');
  },
});

/** gcr.io/google-samples/hello-go-gke and the like: the backend of a page about front and back. */
export const helloBackend: Program = server({
  ports: () => [80],
  onPortTaken: saysAddressInUse,
  memoryBytes: 4 * MEBIBYTE,
  answer: () => answerOf(200, '{"message":"Hello"}\n', 'application/json'),
});

/** hashicorp/http-echo. */
export const httpEcho: Program = server({
  prepare(call) {
    if (goFlag(call, 'text') !== undefined || call.variable('ECHO_TEXT') !== undefined) return undefined;
    call.err('Missing -text option!\n');
    return 127;
  },
  ports: (call) => [Number((goFlag(call, 'listen') ?? ':5678').split(':').pop())],
  onPortTaken: saysAddressInUse,
  memoryBytes: 3 * MEBIBYTE,
  signals: ENDS_ON_TERM,
  onReady: (call) => goLog(call, `[INFO] server is listening on ${goFlag(call, 'listen') ?? ':5678'}`),
  answer(call, { method, path, host, from }) {
    const text = `${goFlag(call, 'text') ?? call.variable('ECHO_TEXT') ?? ''}\n`;
    call.out(`${formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S')} ${host} ${from} "${method} ${path} HTTP/1.1" 200 ${text.length} "-" 0s\n`);
    return answerOf(200, text, 'text/plain; charset=utf-8');
  },
});

function headerLines({ headers, host }: HttpRequest, sign: string): string {
  return Object.entries({ host, ...headers })
    .map(([name, value]) => `${sign}${name.toLowerCase()}=${value}\n`)
    .join('');
}

/** registry.k8s.io/echoserver. */
export const echoServer: Program = server({
  ports: () => [8080],
  onPortTaken: saysAddressInUse,
  memoryBytes: 6 * MEBIBYTE,
  signals: ENDS_ON_TERM,
  answer(call, request) {
    const { hostname } = call.kernel.sandbox;
    const about = `client_address=${request.from}\nmethod=${request.method}\nreal path=${request.path}\nrequest_version=1.1\nrequest_uri=http://${request.host}:8080${request.path}\n`;
    const body = `\n\nHostname: ${hostname}\n\nPod Information:\n\t-no pod information available-\n\nServer values:\n\tserver_version=nginx: 1.13.3 - lua: 10008\n\nRequest Information:\n${about.replace(/^/gm, '\t').trimEnd()}\n\nRequest Headers:\n${headerLines(request, '\t')}\nRequest Body:\n\t${request.body || '-no body in request-'}\n\n`;
    return answerOf(200, body, 'text/plain');
  },
});

/** traefik/whoami. */
export const whoamiServer: Program = server({
  ports: (call) => [Number(goFlag(call, 'port') ?? 80)],
  onPortTaken: saysAddressInUse,
  memoryBytes: 4 * MEBIBYTE,
  sparedCode: GO_SPARED_CODE,
  onReady: (call) => goLog(call, `Starting up on port ${goFlag(call, 'port') ?? 80}`),
  answer(call, { from, method, path, host, headers }) {
    const { hostname, ip } = call.kernel.sandbox;
    return answerOf(
      200,
      `Hostname: ${hostname}\nIP: 127.0.0.1\nIP: ${ip}\nRemoteAddr: ${from}\n${method} ${path} HTTP/1.1\nHost: ${host}\nUser-Agent: ${headers['User-Agent'] ?? ''}\n\n`,
      'text/plain; charset=utf-8',
    );
  },
});

/** registry.k8s.io/hpa-example: each request keeps a processor busy for a while. */
const HPA_LOAD_MILLI = 500;
const HPA_LOAD_MS = 1000;

export const hpaExample: Program = server({
  ports: () => [80],
  onPortTaken: saysAddressInUse,
  memoryBytes: 12 * MEBIBYTE,
  signals: { TERM: 0, WINCH: 0 },
  answer(call) {
    call.process.cpuMilli = HPA_LOAD_MILLI;
    call.process.wait = { untilMs: call.nowMs + HPA_LOAD_MS };
    return { ...answerOf(200, 'OK!'), afterMs: 80 };
  },
  onTurn(call) {
    call.process.cpuMilli = 1;
    return {};
  },
});
