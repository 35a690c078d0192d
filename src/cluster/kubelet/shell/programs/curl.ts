// curl: the options of everyday use.
import type { Call } from '../call.ts';
import { addressesOf, LOOKUP_FAILED_MS, parseUrl, request, STATUS_TEXTS, type Url } from '../network.ts';
import { type Options, readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import type { HttpAnswer, NetworkFault } from '../world.ts';
import { headersOf } from './wget.ts';

const LONG = {
  silent: 's',
  'show-error': 'S',
  fail: 'f',
  include: 'i',
  head: 'I',
  insecure: 'k',
  location: 'L',
  verbose: 'v',
  'output=': 'o',
  'write-out=': 'w',
  'request=': 'X',
  'header=': 'H',
  'data=': 'd',
  'data-raw=': 'd',
  'max-time=': 'm',
  'connect-timeout=': 'c',
  'retry=': 'retry',
  'retry-delay=': 'retry-delay',
  'retry-connrefused': 'retry-connrefused',
  'user=': 'u',
  'cacert=': 'cacert',
  'cert=': 'E',
  'key=': 'key',
  'resolve=': 'resolve',
  'noproxy=': 'noproxy',
  'user-agent=': 'A',
  'http1.1': 'http',
  'progress-bar': '#',
  'fail-with-body': 'f',
  'no-progress-meter': 's',
};
const REDIRECTS_MAX = 50;

interface Transfer {
  /** Which of the URLs. */
  index: number;
  url: string;
  redirects: number;
  fromMs: number;
  atMs: number | undefined;
  answer: HttpAnswer | NetworkFault;
  tries: number;
  /** Not before this moment. */
  beginMs: number;
  status: number;
}

export const curl: Program = {
  run(call) {
    const options = readOptions(call, 'sSfiIkLvo:w:X:H:d:m:u:E:A:O#gNx:46b:c:', LONG);
    if (typeof options === 'number') return 2;
    const urls = options.operands;
    if (urls.length === 0) return call.fail("try 'curl --help' or 'curl --manual' for more information", 2);
    const transfer = call.remember<Transfer>(() => ({
      index: 0,
      url: urls[0] as string,
      redirects: 0,
      fromMs: call.nowMs,
      atMs: undefined,
      answer: 'refused',
      tries: 0,
      beginMs: 0,
      status: 0,
    }));
    while (transfer.index < urls.length) {
      if (transfer.beginMs > call.nowMs) return { untilMs: transfer.beginMs };
      if (transfer.atMs === undefined) begin(call, options, transfer);
      if ((transfer.atMs as number) > call.nowMs) return { untilMs: transfer.atMs as number };
      const waiting = finish(call, options, transfer);
      if (waiting !== undefined) continue;
      transfer.index++;
      Object.assign(transfer, { url: urls[transfer.index] ?? '', redirects: 0, fromMs: call.nowMs, atMs: undefined, tries: 0 });
    }
    return transfer.status;
  },
};

function begin(call: Call, options: Options, transfer: Transfer): void {
  const url = parseUrl(transfer.url);
  const [address] = url ? addressesOf(call.kernel, url.host) : [];
  if (!url || address === undefined) {
    transfer.atMs = call.nowMs + LOOKUP_FAILED_MS;
    transfer.answer = 'bad-address';
    return;
  }
  const data = (options.given['d'] ?? []).map((text) => (text.startsWith('@') ? (call.read(text.slice(1)) ?? '') : text)).join('&');
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : options.has('d') ? 'POST' : 'GET');
  const headers = { 'User-Agent': options.value('A') ?? 'curl/8.14.1', Accept: '*/*', ...headersOf(options.given['H'] ?? []) };
  if (options.has('v')) {
    call.err(
      `*   Trying ${address}:${url.port}...\n* Connected to ${url.host} (${address}) port ${url.port}\n> ${method} ${url.path} HTTP/1.1\n> Host: ${url.authority}\n`,
    );
    for (const [name, value] of Object.entries(headers)) call.err(`> ${name}: ${value}\n`);
    call.err('>\n');
  }
  const { answer, latencyMs } = request(call.kernel, address, url.port, {
    method,
    host: headers['Host' as keyof typeof headers] ?? url.authority,
    path: url.path,
    headers,
    body: data,
    from: call.kernel.sandbox.ip,
  });
  const isConnecting = answer === 'timeout';
  const limits = [options.value('m'), isConnecting ? options.value('c') : undefined].filter((text) => text !== undefined);
  const limitMs = Math.min(Number.MAX_SAFE_INTEGER, ...limits.map((text) => Number(text) * 1000));
  transfer.answer = latencyMs > limitMs ? 'timeout' : answer;
  transfer.atMs = call.nowMs + Math.min(latencyMs, limitMs);
}

/** True: there is more to do for this URL. */
function finish(call: Call, options: Options, transfer: Transfer): true | undefined {
  const url = parseUrl(transfer.url);
  const { answer } = transfer;
  const isFault = typeof answer === 'string' || (options.has('retry') && answer.status >= 500);
  if (isFault && transfer.tries < Number(options.value('retry') ?? 0)) return again(options, transfer, call.nowMs);
  if (typeof answer === 'string') {
    transfer.status = fault(call, options, transfer, answer, url);
    writeOut(call, options, transfer, undefined);
    return undefined;
  }
  const location = answer.headers['Location'];
  if (options.has('L') && location !== undefined && answer.status >= 300 && answer.status < 400 && transfer.redirects < REDIRECTS_MAX) {
    transfer.redirects++;
    transfer.url = location.startsWith('/') && url ? `${url.scheme}://${url.authority}${location}` : location;
    transfer.atMs = undefined;
    return true;
  }
  transfer.status = show(call, options, answer, url);
  writeOut(call, options, transfer, answer);
  return undefined;
}

function again(options: Options, transfer: Transfer, nowMs: number): true {
  const delayMs = Number(options.value('retry-delay') ?? 2 ** transfer.tries) * 1000;
  transfer.tries++;
  transfer.atMs = undefined;
  transfer.beginMs = nowMs + delayMs;
  return true;
}

function headText(answer: HttpAnswer): string {
  const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${answer.status} ${STATUS_TEXTS[answer.status] ?? ''}\r\n${lines.join('')}\r\n`;
}

function show(call: Call, options: Options, answer: HttpAnswer, url: Url | undefined): number {
  if (options.has('v')) call.err(`< ${headText(answer).trimEnd().replaceAll('\r\n', '\n< ')}\n<\n`);
  if (options.has('f') && answer.status >= 400) {
    if (!options.has('s') || options.has('S')) call.err(`curl: (22) The requested URL returned error: ${answer.status}\n`);
    return 22;
  }
  const text = (options.has('i') || options.has('I') ? headText(answer) : '') + (options.has('I') ? '' : answer.body);
  const file = options.value('o') ?? (options.has('O') ? url?.path.split('/').pop() : undefined);
  if (file === undefined || file === '-') call.out(text);
  else if (file !== '/dev/null') {
    const isDone = call.attempt(file, () => call.files.put(call.path(file), () => ({ type: 'file', text, mode: 0o644, atMs: call.nowMs })));
    if (!isDone) return 23;
  }
  return 0;
}

function writeOut(call: Call, options: Options, transfer: Transfer, answer: HttpAnswer | undefined): void {
  const format = options.value('w');
  if (format === undefined) return;
  const seconds = ((call.nowMs - transfer.fromMs) / 1000).toFixed(6);
  const values: Readonly<Record<string, string>> = {
    http_code: String(answer?.status ?? 0).padStart(3, '0'),
    response_code: String(answer?.status ?? 0).padStart(3, '0'),
    time_total: seconds,
    time_connect: answer ? '0.001000' : '0.000000',
    size_download: String(answer?.body.length ?? 0),
    num_redirects: String(transfer.redirects),
    url_effective: transfer.url,
    content_type: answer?.headers['Content-Type'] ?? '',
  };
  call.out(
    format
      .replaceAll('\\n', '\n')
      .replaceAll('\\t', '\t')
      .replace(/%\{(\w+)\}/g, (_whole, name: string) => values[name] ?? ''),
  );
}

function fault(call: Call, options: Options, transfer: Transfer, reason: NetworkFault, url: Url | undefined): number {
  const host = url?.host ?? transfer.url;
  const ms = call.nowMs - transfer.fromMs;
  const [code, text] = (
    {
      'bad-address': [6, `Could not resolve host: ${host}`],
      refused: [7, `Failed to connect to ${host} port ${url?.port} after ${ms} ms: Could not connect to server`],
      unreachable: [7, `Failed to connect to ${host} port ${url?.port} after ${ms} ms: No route to host`],
      timeout: [
        28,
        options.has('m')
          ? `Operation timed out after ${ms} milliseconds with 0 bytes received`
          : `Failed to connect to ${host} port ${url?.port} after ${ms} ms: Connection timed out`,
      ],
      reset: [56, 'Recv failure: Connection reset by peer'],
    } as const
  )[reason];
  if (!options.has('s') || options.has('S')) call.err(`curl: (${code}) ${text}\n`);
  return code;
}
