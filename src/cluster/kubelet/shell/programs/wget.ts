// wget as busybox has it: -q -O -S -T -t --spider --header --post-data.
import type { Call, Outcome } from '../call.ts';
import { addressesOf, LOOKUP_FAILED_MS, parseUrl, request, STATUS_TEXTS, type Url } from '../network.ts';
import { type Options, readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import type { HttpAnswer, NetworkFault } from '../world.ts';

const LONG = {
  quiet: 'q',
  spider: 'spider',
  'output-document=': 'O',
  'timeout=': 'T',
  'tries=': 't',
  'header=': 'header',
  'post-data=': 'post',
  'user-agent=': 'U',
  'no-check-certificate': 'k',
  'server-response': 'S',
  'no-verbose': 'q',
};
const REDIRECTS_MAX = 5;

interface Fetch {
  url: string;
  redirects: number;
  atMs: number;
  answer: HttpAnswer | NetworkFault;
  address: string;
}

export const wget: Program = {
  run(call) {
    const options = readOptions(call, 'qO:ST:t:cU:P:nvY:', LONG);
    if (typeof options === 'number') return options;
    const [url] = options.operands;
    if (url === undefined) return call.fail('missing URL');
    const fetch = call.remember<Fetch>(() => begin(call, options, url, 0));
    if (fetch.atMs > call.nowMs) return { untilMs: fetch.atMs };
    return finish(call, options, fetch);
  },
};

function begin(call: Call, options: Options, text: string, redirects: number): Fetch {
  const url = parseUrl(text);
  const [address] = url ? addressesOf(call.kernel, url.host) : [];
  if (!url || address === undefined)
    return { url: text, redirects, atMs: call.nowMs + LOOKUP_FAILED_MS, answer: 'bad-address', address: '' };
  if (!options.has('q')) call.err(`Connecting to ${url.host === address ? `${url.authority}` : url.authority} (${address}:${url.port})\n`);
  const { answer, latencyMs } = request(call.kernel, address, url.port, {
    method: options.has('post') ? 'POST' : 'GET',
    host: url.authority,
    path: url.path,
    headers: { 'User-Agent': options.value('U') ?? 'Wget', ...headersOf(options.given['header'] ?? []) },
    body: options.value('post') ?? '',
    from: call.kernel.sandbox.ip,
  });
  const timeoutMs = Number(options.value('T') ?? 900) * 1000;
  const isLate = latencyMs > timeoutMs;
  return { url: text, redirects, address, atMs: call.nowMs + Math.min(latencyMs, timeoutMs), answer: isLate ? 'timeout' : answer };
}

/** `Name: value`. */
export function headersOf(lines: readonly string[]): Record<string, string> {
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')).trim(), line.slice(line.indexOf(':') + 1).trim()]));
}

function finish(call: Call, options: Options, fetch: Fetch): Outcome {
  const url = parseUrl(fetch.url) as Url | undefined;
  const { answer } = fetch;
  if (typeof answer === 'string') return fault(call, answer, url, fetch);
  if (options.has('S')) call.err(`  HTTP/1.1 ${answer.status} ${STATUS_TEXTS[answer.status] ?? ''}\n`);
  const location = answer.headers['Location'];
  if (location !== undefined && answer.status >= 300 && answer.status < 400) return redirect(call, options, fetch, location, url);
  if (answer.status >= 300) return call.fail(`server returned error: HTTP/1.1 ${answer.status} ${STATUS_TEXTS[answer.status] ?? ''}`);
  if (options.has('spider')) return 0;
  return save(call, options, answer.body, url);
}

function redirect(call: Call, options: Options, fetch: Fetch, location: string, url: Url | undefined): Outcome {
  if (fetch.redirects >= REDIRECTS_MAX) return call.fail('too many redirections');
  const target = location.startsWith('/') && url ? `${url.scheme}://${url.authority}${location}` : location;
  Object.assign(fetch, begin(call, options, target, fetch.redirects + 1));
  return { untilMs: fetch.atMs };
}

function fault(call: Call, reason: NetworkFault, url: Url | undefined, { address }: Fetch): number {
  const host = url?.host ?? '';
  switch (reason) {
    case 'bad-address':
      return call.fail(`bad address '${host}${url && url.authority !== host ? url.authority.slice(host.length) : ''}'`);
    case 'timeout':
      return call.fail('download timed out');
    case 'reset':
      return call.fail('error getting response: Connection reset by peer');
    case 'unreachable':
      return call.fail(`can't connect to remote host (${address}): Host is unreachable`);
    case 'refused':
      return call.fail(`can't connect to remote host (${address}): Connection refused`);
  }
}

function save(call: Call, options: Options, body: string, url: Url | undefined): number {
  const name = options.value('O') ?? (url?.path.split(/[?#]/, 1)[0]?.split('/').pop() || 'index.html');
  const isQuiet = options.has('q');
  if (name === '-') {
    if (!isQuiet) call.err('writing to stdout\n');
    call.out(body);
    if (!isQuiet)
      call.err(
        `-                    100% |********************************| ${String(body.length).padStart(5)}  0:00:00 ETA\nwritten to stdout\n`,
      );
    return 0;
  }
  if (name !== '/dev/null') {
    const isDone = call.attempt(`can't open '${name}'`, () =>
      call.files.put(call.path(name), () => ({ type: 'file', text: body, mode: 0o644, atMs: call.nowMs })),
    );
    if (!isDone) return 1;
  }
  if (!isQuiet)
    call.err(
      `saving to '${name}'\n${name.padEnd(20)} 100% |********************************| ${String(body.length).padStart(5)}  0:00:00 ETA\n'${name}' saved\n`,
    );
  return 0;
}
