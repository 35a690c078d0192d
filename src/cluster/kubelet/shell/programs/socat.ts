// socat: passes on what comes to a port to another address, or talks with one itself.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, request as send } from '../network.ts';
import type { Program } from '../program.ts';
import { server } from '../server.ts';
import type { NetworkFault } from '../world.ts';
import { nc } from './nc.ts';

interface Address {
  readonly type: string;
  readonly operands: readonly string[];
  readonly options: readonly string[];
}

/** `tcp-listen:80,fork` is of a type, with operands and options; `-` is the input and output. */
function addressOf(text: string): Address {
  const [whole = '', ...options] = text.split(',');
  const [type = '', ...operands] = whole.split(':');
  return { type: type.toUpperCase(), operands, options: options.map((option) => option.toLowerCase()) };
}

const LISTEN: ReadonlySet<string> = new Set(['TCP-LISTEN', 'TCP-L', 'TCP4-LISTEN', 'TCP4-L', 'TCP6-LISTEN']);
const CONNECT: ReadonlySet<string> = new Set(['TCP', 'TCP-CONNECT', 'TCP4', 'TCP4-CONNECT', 'TCP6']);
const HERE: ReadonlySet<string> = new Set(['-', 'STDIO', 'STDIN', 'STDOUT']);

const CONNECT_FAULTS: Partial<Record<NetworkFault, string>> = {
  refused: 'Connection refused',
  unreachable: 'Host is unreachable',
  timeout: 'Operation timed out',
};

const ends = (call: Call) => call.args.filter((word) => word === '-' || !word.startsWith('-')).map(addressOf);

function says(call: Call, text: string): number {
  call.err(`${formatDate(call.nowMs, '%Y/%m/%d %H:%M:%S')} socat[${call.process.pid}] E ${text}\n`);
  return 1;
}

const relay = server({
  ports: (call) => [Number(ends(call)[0]?.operands[0])],
  onPortTaken: (call, port) => says(call, `bind(5, {AF=2 0.0.0.0:${port}}, 16): Address already in use`),
  signals: { TERM: 143, INT: 130 },
  answer(call, request) {
    const [listening, target] = ends(call);
    const [host = '', port = ''] = target?.operands ?? [];
    const [address] = addressesOf(call.kernel, host);
    // Without `fork` one connection is all.
    if (!listening?.options.includes('fork')) call.kernel.end(call.process, 0);
    if (address === undefined) {
      says(call, `getaddrinfo("${host}", "NULL", {1,0,1,6}, {}): Name does not resolve`);
      return 'reset';
    }
    const { answer, latencyMs } = send(call.kernel, address, Number(port), { ...request, from: call.kernel.sandbox.ip });
    if (typeof answer !== 'string') return { ...answer, afterMs: latencyMs };
    const reason = CONNECT_FAULTS[answer];
    if (reason) says(call, `connect(5, AF=2 ${address}:${port}, 16): ${reason}`);
    return 'reset';
  },
});

export const socat: Program = {
  ...relay,
  run(call) {
    const [first, second] = ends(call);
    if (!first || !second) return says(call, `exactly 2 addresses required (there are ${call.args.length}); use option "-h" for help`);
    if (LISTEN.has(first.type) && CONNECT.has(second.type)) return relay.run(call);
    if (HERE.has(first.type) && CONNECT.has(second.type)) return nc.run(call.withArgs(second.operands));
    const unknown = [first, second].find(({ type }) => !LISTEN.has(type) && !CONNECT.has(type) && !HERE.has(type)) ?? second;
    return says(call, `unknown device/address "${unknown.type}"`);
  },
};
