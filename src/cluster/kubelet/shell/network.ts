// The network as processes of a pod see it: names, addresses, ports that they open, and requests that they send.
import type { Call } from './call.ts';
import { absolutePath } from './disk.ts';
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';
import type { HttpAnswer, HttpRequest, NetworkFault, Resolved } from './world.ts';

/** How long a request takes there and back: on one machine, and between machines. */
export const LOCAL_LATENCY_MS = 1;
export const LATENCY_MS = 3;
/** A name that nobody knows is asked for again and again. */
export const LOOKUP_FAILED_MS = 20;
/** As Linux gives up a connection that nobody answers. */
export const CONNECT_TIMEOUT_MS = 130_000;

/** So often a request is passed on at most. */
const HOPS_MAX = 16;

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\]|0\.0\.0\.0)$/;
const ADDRESS = /^(\d+\.\d+\.\d+\.\d+|\[?[0-9a-fA-F]*:[0-9a-fA-F:.]+\]?)$/;

/** What is known of a name; undefined: nothing. */
export function resolve({ sandbox, world }: Kernel, host: string): Resolved | undefined {
  if (LOCAL.test(host)) return { name: host, addresses: ['127.0.0.1'] };
  if (ADDRESS.test(host)) return { name: host, addresses: [host] };
  if (host === sandbox.hostname) return { name: host, addresses: [sandbox.ip] };
  return world.resolve(host);
}

/** The addresses of a name; none: it is not known. */
export function addressesOf(kernel: Kernel, host: string): readonly string[] {
  return resolve(kernel, host)?.addresses ?? [];
}

export function isLocal(kernel: Kernel, address: string): boolean {
  return LOCAL.test(address) || address === kernel.sandbox.ip;
}

/** Opens a port for a process; false: another has it. */
export function listen(kernel: Kernel, process: Process, port: number): boolean {
  const holder = kernel.sandbox.listeners.find((listener) => listener.port === port);
  if (holder) return holder.process === process.id;
  kernel.sandbox.listeners.push({ port, box: process.box, process: process.id });
  kernel.happenings.push({ type: 'ports', box: process.box });
  return true;
}

export interface Connected {
  readonly state: 'open' | NetworkFault;
  readonly latencyMs: number;
}

export function connect(kernel: Kernel, address: string, port: number): Connected {
  if (!isLocal(kernel, address)) {
    const state = kernel.world.connect(address, port);
    return { state, latencyMs: state === 'timeout' ? CONNECT_TIMEOUT_MS : LATENCY_MS };
  }
  return { state: kernel.knock(port) ? 'open' : 'refused', latencyMs: LOCAL_LATENCY_MS };
}

export interface Answered {
  readonly answer: HttpAnswer | NetworkFault;
  readonly latencyMs: number;
}

/** Sends a request to an address; the answer is there after the latency. What is passed on in a circle is cut. */
export function request(kernel: Kernel, address: string, port: number, given: HttpRequest): Answered {
  const sent = { ...given, hops: (given.hops ?? 0) + 1 };
  if (sent.hops > HOPS_MAX) return { answer: 'reset', latencyMs: LOCAL_LATENCY_MS };
  const answer = isLocal(kernel, address) ? kernel.answer(port, sent) : kernel.ask(address, port, sent);
  const travelMs = isLocal(kernel, address) ? LOCAL_LATENCY_MS : LATENCY_MS;
  if (typeof answer === 'string') return { answer, latencyMs: answer === 'timeout' ? CONNECT_TIMEOUT_MS : travelMs };
  return { answer, latencyMs: travelMs + answer.afterMs };
}

/** What a server answers to a body, as databases and their clients talk; a word: why it does not; undefined: its name is not known. */
export function post(call: Call, host: string, port: number, path: string, body: string): HttpAnswer | NetworkFault | undefined {
  const [address] = addressesOf(call.kernel, host);
  if (address === undefined) return undefined;
  const { ip } = call.kernel.sandbox;
  return request(call.kernel, address, port, { method: 'POST', path, host, headers: {}, body, from: ip }).answer;
}

export interface Url {
  readonly scheme: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  /** The host with its port if it was named. */
  readonly authority: string;
}

/** `http://host:80/path?query`; undefined: it is none. */
export function parseUrl(text: string): Url | undefined {
  const [, scheme = 'http', authority = '', rest = ''] =
    /^(?:([a-z]+):\/\/)?(?:[^/@\s]*@)?(\[[^\]\s]*\](?::\d+)?|[^/?#\s]+)([^#\s]*)/.exec(text) ?? [];
  if (authority === '') return undefined;
  const [, host = '', port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? [];
  const path = rest.startsWith('/') ? rest : `/${rest}`;
  return { scheme, host, port: Number(port ?? (scheme === 'https' ? 443 : 80)), path, authority };
}

/** The file that a server's document root has for a path; undefined: there is none. */
export function documentAt(call: Call, root: string, path: string, index = 'index.html'): string | undefined {
  const [plain = ''] = path.split(/[?#]/, 1);
  const whole = absolutePath(`${root}/${decoded(plain)}`, '');
  const entry = call.files.stat(whole);
  if (!entry) return undefined;
  if (entry.type !== 'folder') return whole;
  const inside = `${whole}/${index}`;
  return call.files.stat(inside)?.type === 'file' ? inside : undefined;
}

function decoded(text: string): string {
  return text.replace(/%([0-9a-fA-F]{2})/g, (_whole, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

/** The header in which a health service of gRPC tells how it is, here where all is HTTP. */
export const GRPC_HEALTH = 'Grpc-Health';

export const STATUS_TEXTS: Readonly<Record<number, string>> = {
  200: 'OK',
  201: 'Created',
  204: 'No Content',
  301: 'Moved Permanently',
  302: 'Found',
  304: 'Not Modified',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
};

export function answerOf(status: number, body: string, contentType = 'text/html'): HttpAnswer {
  return { status, headers: { 'Content-Type': contentType, 'Content-Length': String(body.length) }, body, afterMs: 0 };
}
