// Cassandra: members of a ring that find each other by their seeds, and nodetool, which shows it. Leaves out: what a ring stores.

import { hash32 } from '../../../../base/random.ts';
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, answerOf, connect, post } from '../network.ts';
import type { Program } from '../program.ts';
import { keptBy, MEBIBYTE, server } from '../server.ts';

interface Member {
  readonly id: string;
  readonly ip: string;
  readonly dataCenter: string;
  readonly rack: string;
}

const INTERNAL_PORT = 7000;
const JMX_PORT = 7199;
const CLIENT_PORT = 9042;
const TOKENS = 32;
/** How many members hold each range of the ring, where there are so many. */
const COPIES = 2;
const START_MS = 18_000;
const NODETOOL_MS = 900;
const ID_FILE = '/cassandra_data/host_id';

/** Who this is, kept with its data, so that it is the same one when it comes back with another address. */
function self(call: Call): Member {
  let id = call.read(ID_FILE, () => {});
  if (id === undefined) {
    const digits = Array.from({ length: 32 }, () => Math.floor(call.kernel.world.random('cassandra') * 16).toString(16)).join('');
    id = digits.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, '$1-$2-4$3-a$4-$5');
    const text = id;
    call.files.makeFolders('/cassandra_data');
    call.files.put(ID_FILE, () => ({ type: 'file', text, mode: 0o644, atMs: call.nowMs }));
  }
  const dataCenter = call.variable('CASSANDRA_DC') ?? 'datacenter1';
  return { id, ip: call.kernel.sandbox.ip, dataCenter, rack: call.variable('CASSANDRA_RACK') ?? 'rack1' };
}

function known(call: Call): Map<string, Member> {
  return keptBy(call, () => new Map<string, Member>());
}

/** Tells members what this one knows, and learns what they know. */
function gossip(call: Call): void {
  const members = known(call);
  const own = self(call);
  members.set(own.id, own);
  const seeds = (call.variable('CASSANDRA_SEEDS') ?? '').split(',').flatMap((host) => addressesOf(call.kernel, host.trim()));
  for (const address of new Set([...seeds, ...[...members.values()].map(({ ip }) => ip)])) {
    if (address === own.ip) continue;
    const body = JSON.stringify([...members.values()]);
    const answer = post(call, address, INTERNAL_PORT, '/gossip', body);
    if (typeof answer === 'object') learn(call, JSON.parse(answer.body) as Member[]);
  }
}

function learn(call: Call, told: readonly Member[]): void {
  const own = self(call);
  for (const member of told) known(call).set(member.id, member.id === own.id ? own : member);
}

function log(call: Call, thread: string, text: string): void {
  call.out(`INFO  ${formatDate(call.nowMs, '%H:%M:%S')} ${thread} ${text}\n`);
}

export const cassandra: Program = server({
  startMs: START_MS,
  ports: () => [INTERNAL_PORT, JMX_PORT, CLIENT_PORT],
  onPortTaken(call) {
    call.err('Error: Exception thrown by the agent : java.rmi.server.ExportException: Port already in use: 7199\n');
    return 1;
  },
  memoryBytes: 780 * MEBIBYTE,
  cpuMilli: 30,
  signals: { TERM: 143, INT: 130 },
  onReady(call) {
    gossip(call);
    const own = self(call);
    log(call, '[main]', `Node /${own.ip} state jump to NORMAL`);
    log(call, '[main]', `Starting listening for CQL clients on /0.0.0.0:${CLIENT_PORT} (unencrypted)...`);
  },
  answer(call, { path, body }) {
    if (path === '/gossip') learn(call, JSON.parse(body) as Member[]);
    else if (path === '/status') gossip(call);
    else if (path === '/drain') log(call, '[RMI TCP Connection(2)-127.0.0.1]', 'DRAINED');
    else return answerOf(400, '');
    return answerOf(200, JSON.stringify([...known(call).values()]));
  },
});

// nodetool --------------------------------------------------------------------------------------------------------------------

export const nodetool: Program = {
  run(call): Outcome {
    const action = call.args.at(-1) ?? '';
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + NODETOOL_MS }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    if (action !== 'status' && action !== 'drain') {
      call.err(`nodetool: Found unexpected parameters: [${action}]\nSee 'nodetool help' or 'nodetool help <command>'.\n`);
      return 1;
    }
    const answer = post(call, 'localhost', JMX_PORT, `/${action}`, '');
    if (typeof answer !== 'object') {
      call.err(`nodetool: Failed to connect to '127.0.0.1:${JMX_PORT}' - ConnectException: 'Connection refused (Connection refused)'.\n`);
      return 1;
    }
    if (action === 'status') call.out(ringText(call, JSON.parse(answer.body) as Member[]));
    return 0;
  },
};

function ringText(call: Call, members: readonly Member[]): string {
  const shares = sharesOf(members);
  const centers = [...new Set(members.map(({ dataCenter }) => dataCenter))];
  return centers.map((center) => centerText(call, center, members, shares)).join('\n');
}

function centerText(call: Call, center: string, members: readonly Member[], shares: ReadonlyMap<string, number>): string {
  const title = `Datacenter: ${center}`;
  const width = Math.max(...members.map(({ ip }) => ip.length), 'Address'.length) + 2;
  const rows = members
    .filter(({ dataCenter }) => dataCenter === center)
    .map(({ id, ip, rack }) => {
      const isUp = ip === call.kernel.sandbox.ip || connect(call.kernel, ip, INTERNAL_PORT).state === 'open';
      const load = `${(80 + (hash32(id) % 3000) / 100).toFixed(2)} KiB`;
      const share = `${((shares.get(id) ?? 0) * 100).toFixed(1)}%`;
      return `${isUp ? 'U' : 'D'}N  ${ip.padEnd(width)}${load.padEnd(12)}${String(TOKENS).padEnd(13)}${share.padEnd(18)}${id}  ${rack}\n`;
    });
  const head = `--  ${'Address'.padEnd(width)}${'Load'.padEnd(12)}${'Tokens'.padEnd(13)}${'Owns (effective)'.padEnd(18)}${'Host ID'.padEnd(38)}Rack\n`;
  return `${title}\n${'='.repeat(title.length)}\nStatus=Up/Down\n|/ State=Normal/Leaving/Joining/Moving\n${head}${rows.join('')}`;
}

/** Which part of the ring each member holds: the range before each of its tokens, and those before its neighbour's. */
function sharesOf(members: readonly Member[]): ReadonlyMap<string, number> {
  const tokens = members
    .flatMap(({ id }) => Array.from({ length: TOKENS }, (_, i) => ({ id, at: hash32(`${id}/${i}`) / 2 ** 32 })))
    .toSorted((a, b) => a.at - b.at);
  const shares = new Map<string, number>();
  for (const [i, { at }] of tokens.entries()) {
    const before = i === 0 ? (tokens.at(-1)?.at ?? 0) - 1 : (tokens[i - 1]?.at ?? 0);
    const holders = new Set<string>();
    for (let next = i; holders.size < Math.min(COPIES, members.length); next++) holders.add(tokens[next % tokens.length]?.id ?? '');
    for (const id of holders) shares.set(id, (shares.get(id) ?? 0) + at - before);
  }
  return shares;
}
