// redis-cli: whether the server is there, and what its configuration file says.
import type { Call, Outcome } from '../call.ts';
import { addressesOf, connect, LATENCY_MS } from '../network.ts';
import type { Program } from '../program.ts';

function option(call: Call, name: string): string | undefined {
  const at = call.args.indexOf(name);
  return at < 0 ? undefined : call.args[at + 1];
}

export const redisCli: Program = {
  run(call): Outcome {
    const host = option(call, '-h') ?? '127.0.0.1';
    const port = Number(option(call, '-p') ?? 6379);
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    const [address] = addressesOf(call.kernel, host);
    if (address === undefined || connect(call.kernel, address, port).state !== 'open') {
      call.err(
        `Could not connect to Redis at ${host}:${port}: ${address === undefined ? 'Name or service not known' : 'Connection refused'}\n`,
      );
      return 1;
    }
    const words = call.args.filter((word, i) => !word.startsWith('-') && !/^-[hpan]$/.test(call.args[i - 1] ?? ''));
    return command(call, words);
  },
};

function command(call: Call, [name = '', ...rest]: readonly string[]): number {
  if (name.toUpperCase() === 'PING') call.out(`${rest[0] ?? 'PONG'}\n`);
  else if (name.toUpperCase() === 'CONFIG' && rest[0]?.toUpperCase() === 'GET') {
    const key = rest[1] ?? '';
    call.out(`1) "${key}"\n2) "${setting(call, key)}"\n`);
  } else call.out(`(error) ERR unknown command '${name}', with args beginning with: ${rest.map((word) => `'${word}' `).join('')}\n`);
  return 0;
}

const DEFAULTS: Readonly<Record<string, string>> = { maxmemory: '0', 'maxmemory-policy': 'noeviction' };
const UNITS: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** From the file that the server in this container was started with. */
function setting(call: Call, key: string): string {
  const server = call.kernel.sandbox.processes.find(({ box, argv }) => box === call.box.name && argv[0]?.endsWith('redis-server'));
  const text = server?.argv[1] === undefined ? '' : (call.read(server.argv[1], () => {}) ?? '');
  const line = text.split('\n').find((each) => each.trim().split(/\s+/)[0] === key);
  const value = line?.trim().split(/\s+/).slice(1).join(' ') ?? DEFAULTS[key] ?? '';
  const [, number, unit = ''] = /^(\d+)(kb|mb|gb)$/i.exec(value) ?? [];
  return number === undefined ? value : String(Number(number) * (UNITS[unit.toLowerCase()] ?? 1));
}
