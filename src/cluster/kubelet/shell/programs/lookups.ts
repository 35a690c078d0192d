// nslookup, ping, netstat and getent: what the network is.
import type { Call, Outcome } from '../call.ts';
import { addressesOf, connect, isLocal, LATENCY_MS, LOCAL_LATENCY_MS, LOOKUP_FAILED_MS, resolve } from '../network.ts';
import { readOptions } from '../options.ts';
import { instant, type Program } from '../program.ts';

function nameserver(call: Call): string {
  return /^nameserver\s+(\S+)/m.exec(call.read('/etc/resolv.conf', () => {}) ?? '')?.[1] ?? '10.96.0.10';
}

export const nslookup: Program = {
  run(call): Outcome {
    const host = call.args.find((word) => !word.startsWith('-'));
    if (host === undefined) return call.fail('missing operand');
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    const server = nameserver(call);
    const found = resolve(call.kernel, host);
    call.out(`Server:\t\t${server}\nAddress:\t${server}:53\n\n`);
    if (!found) {
      call.out(`** server can't find ${host}: NXDOMAIN\n\n`);
      return 1;
    }
    if (found.canonicalName !== undefined) call.out(`${found.name}\tcanonical name = ${found.canonicalName}\n`);
    for (const address of found.addresses) call.out(`Name:\t${found.canonicalName ?? found.name}\nAddress: ${address}\n`);
    call.out('\n');
    return 0;
  },
};

interface Pinging {
  sent: number;
  nextMs: number;
}

export const ping: Program = {
  run(call): Outcome {
    const options = readOptions(call, 'c:W:w:i:qn46s:I:');
    if (typeof options === 'number') return options;
    const [host = ''] = options.operands;
    const [address] = addressesOf(call.kernel, host);
    if (address === undefined) return call.fail(`bad address '${host}'`);
    const count = Number(options.value('c') ?? Number.POSITIVE_INFINITY);
    const pinging = call.remember<Pinging>(() => {
      call.out(`PING ${host} (${address}): 56 data bytes\n`);
      return { sent: 0, nextMs: call.nowMs };
    });
    if (pinging.nextMs > call.nowMs) return { untilMs: pinging.nextMs };
    // A machine answers whatever its ports are; an address that nobody has does not.
    const isThere = isLocal(call.kernel, address) || !['unreachable', 'timeout'].includes(connect(call.kernel, address, 7).state);
    const latency = isLocal(call.kernel, address) ? LOCAL_LATENCY_MS / 10 : LATENCY_MS / 10;
    if (isThere) call.out(`64 bytes from ${address}: seq=${pinging.sent} ttl=64 time=${latency.toFixed(3)} ms\n`);
    pinging.sent++;
    pinging.nextMs = call.nowMs + Number(options.value('i') ?? 1) * 1000;
    if (pinging.sent < count) return { untilMs: pinging.nextMs };
    call.out(
      `\n--- ${host} ping statistics ---\n${count} packets transmitted, ${isThere ? count : 0} packets received, ${isThere ? 0 : 100}% packet loss\n`,
    );
    if (isThere) call.out(`round-trip min/avg/max = ${[latency, latency, latency].map((ms) => ms.toFixed(3)).join('/')} ms\n`);
    return isThere ? 0 : 1;
  },
};

export const netstat = instant((call) => {
  call.out(
    'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \n',
  );
  for (const { port } of call.kernel.sandbox.listeners)
    call.out(`tcp        0      0 ${`:::${port}`.padEnd(23)} ${':::*'.padEnd(23)} LISTEN      \n`);
  return 0;
});

export const getent: Program = {
  run(call): Outcome {
    const [database, host = ''] = call.args;
    const addresses = addressesOf(call.kernel, host);
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + (addresses.length > 0 ? LATENCY_MS : LOOKUP_FAILED_MS) }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    if (!/hosts/.test(database ?? '') || addresses.length === 0) return 2;
    for (const address of addresses) call.out(`${address.padEnd(15)} ${host}\n`);
    return 0;
  },
};
