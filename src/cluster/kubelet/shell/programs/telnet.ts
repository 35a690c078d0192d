// telnet of busybox: tells whether somebody listens, sends what it is given, and shows the answer. Leaves out: all that terminals agree on.
import type { Call, Outcome } from '../call.ts';
import { addressesOf, connect, request } from '../network.ts';
import type { Program } from '../program.ts';

const CLOSED = 'Connection closed by foreign host\r\n';

interface Memory {
  state: string;
  /** When it is known whether somebody listens. */
  atMs: number | null;
  isConnected: boolean;
}

export const telnet: Program = {
  run(call) {
    const [host = '', port = '23'] = call.args.filter((word) => !word.startsWith('-'));
    const [address] = addressesOf(call.kernel, host);
    const memory = call.remember<Memory>(() => ({ state: '', atMs: null, isConnected: false }));
    if (address === undefined) return call.fail(`bad address '${host}'`);
    if (!memory.isConnected) {
      const outcome = dial(call, address, Number(port), memory);
      if (outcome !== undefined) return outcome;
      call.out(`Connected to ${host}\n`);
    }
    const input = call.takeInput();
    if (!input?.text) return input?.isAtEnd ? 0 : call.inputWait;
    const [, method = 'GET', path = '/'] = /^([A-Z]+) (\S+)/.exec(input.text) ?? [];
    const asked = { method, path, host, headers: {}, body: input.text, from: call.kernel.sandbox.ip };
    const { answer } = request(call.kernel, address, Number(port), asked);
    call.out(`${typeof answer === 'string' ? '' : answer.body}${CLOSED}`);
    return 1;
  },
};

/** Undefined: somebody listens. */
function dial(call: Call, address: string, port: number, memory: Memory): Outcome | undefined {
  if (memory.atMs === null) {
    const { state, latencyMs } = connect(call.kernel, address, port);
    memory.state = state;
    memory.atMs = call.nowMs + latencyMs;
  }
  if (memory.atMs > call.nowMs) return { untilMs: memory.atMs };
  memory.isConnected = memory.state === 'open';
  if (memory.isConnected) return undefined;
  return call.fail(
    `can't connect to remote host (${address}): ${memory.state === 'refused' ? 'Connection refused' : 'Connection timed out'}`,
  );
}
