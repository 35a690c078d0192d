// ZooKeeper: an ensemble of servers that keep one tree, and the shell that reads and writes it. A server asks all others for the newest
// tree before it answers, and writes only where a quorum takes the new one.
// Leaves out: sessions that last, ephemeral and sequential nodes, watches, access lists.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { answerOf, post } from '../network.ts';
import { optionValue } from '../options.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, server } from '../server.ts';
import { eachLine } from '../typed.ts';
import type { HttpAnswer } from '../world.ts';

interface Node {
  readonly data: string;
  readonly createdMs: number;
  readonly changedMs: number;
  /** The transactions that made it and that changed it last. */
  readonly createdBy: number;
  readonly changedBy: number;
  readonly version: number;
}

interface Tree {
  /** The last transaction. */
  readonly zxid: number;
  readonly nodes: Readonly<Record<string, Node>>;
}

/** Transactions are counted from here on in each epoch, which begins where servers become a quorum. */
const EPOCH = 2 ** 32;
const EMPTY: Tree = { zxid: 0, nodes: {} };
/** As long as a Java program takes to begin. */
const SERVER_START_MS = 3000;
const SHELL_START_MS = 700;

// The server ------------------------------------------------------------------------------------------------------------------

/** Of the configuration file that is the last argument. */
function settingsOf(call: Call): ReadonlyMap<string, string> {
  const lines = (call.read(call.args.at(-1) ?? '', () => {}) ?? '').split('\n');
  return new Map(lines.filter((line) => line.includes('=')).map((line) => line.split('=', 2) as [string, string]));
}

const setting = (call: Call, name: string, unset: string) => settingsOf(call).get(name) ?? unset;
const clientPort = (call: Call) => Number(setting(call, 'clientPort', '2181'));
const dataFolder = (call: Call) => setting(call, 'dataDir', '/var/lib/zookeeper/data');
const ownId = (call: Call) => (call.read(`${dataFolder(call)}/myid`, () => {}) ?? '').trim();

interface Member {
  readonly id: string;
  readonly host: string;
  readonly port: number;
}

/** `server.1=host:2888:3888` for each. */
function members(call: Call): readonly Member[] {
  return [...settingsOf(call)].flatMap(([key, value]) => {
    const [, id] = /^server\.(\d+)$/.exec(key) ?? [];
    const [host = '', port = ''] = value.split(':');
    return id === undefined ? [] : [{ id, host, port: Number(port) }];
  });
}

const treePath = (call: Call) => `${dataFolder(call)}/version-2/snapshot.0`;

function ownTree(call: Call): Tree {
  const text = call.read(treePath(call), () => {});
  return text === undefined ? EMPTY : (JSON.parse(text) as Tree);
}

function keep(call: Call, tree: Tree): void {
  call.files.makeFolders(`${dataFolder(call)}/version-2`);
  call.files.put(treePath(call), () => ({ type: 'file', text: JSON.stringify(tree), mode: 0o644, atMs: call.nowMs }));
}

/** What another member answers; undefined: it cannot be reached. */
function askMember(call: Call, { host, port }: Member, path: string, body = ''): HttpAnswer | undefined {
  const answer = post(call, host, port, path, body);
  return typeof answer === 'object' ? answer : undefined;
}

interface Ensemble {
  readonly newest: Tree;
  readonly reached: readonly Member[];
  readonly hasQuorum: boolean;
  /** Without this one. */
  readonly hadQuorum: boolean;
}

function assemble(call: Call): Ensemble {
  const all = members(call);
  const id = ownId(call);
  let newest = ownTree(call);
  const reached: Member[] = [];
  for (const member of all) {
    const answer = member.id === id ? undefined : askMember(call, member, '/tree');
    if (!answer) continue;
    reached.push(member);
    const tree = JSON.parse(answer.body) as Tree;
    if (tree.zxid > newest.zxid) newest = tree;
  }
  const isQuorum = (count: number) => count > all.length / 2;
  return { newest, reached, hasQuorum: isQuorum(reached.length + 1) || all.length === 0, hadQuorum: isQuorum(reached.length) };
}

function log(call: Call, thread: string, text: string): void {
  const id = ownId(call);
  call.out(`${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S')},000 [myid:${id}] - INFO  [${thread}] - ${text}\n`);
}

export const zooKeeper: Program = server({
  startMs: SERVER_START_MS,
  ports: (call) => [
    clientPort(call),
    ...members(call)
      .filter(({ id }) => id === ownId(call))
      .map(({ port }) => port),
  ],
  onPortTaken(call) {
    call.err('java.net.BindException: Address already in use\n');
    return 1;
  },
  memoryBytes: 180 * MEBIBYTE,
  cpuMilli: 5,
  signals: { TERM: 143, INT: 130 },
  onReady(call) {
    const { newest, hasQuorum, hadQuorum } = assemble(call);
    keep(call, hasQuorum && !hadQuorum ? { ...newest, zxid: (Math.floor(newest.zxid / EPOCH) + 1) * EPOCH } : newest);
    log(call, 'main:QuorumPeerMain@127', 'Starting quorum peer');
    log(call, 'main:NIOServerCnxnFactory@89', `binding to port 0.0.0.0/0.0.0.0:${clientPort(call)}`);
  },
  answer(call, { path, body, from }, port) {
    if (path === '/tree') return answerOf(200, JSON.stringify(ownTree(call)));
    if (path === '/commit') {
      keep(call, JSON.parse(body) as Tree);
      return answerOf(200, '');
    }
    if (path === '/command') return answerOf(200, transact(call, JSON.parse(body) as string[]));
    return answerOf(200, fourLetterWord(call, body.trim(), from, port));
  },
});

function fourLetterWord(call: Call, word: string, address: string, port: number): string {
  const from = address === call.kernel.sandbox.ip ? '127.0.0.1' : address;
  const thread = `NIOServerCxn.Factory:0.0.0.0/0.0.0.0:${port}`;
  log(call, `${thread}:NIOServerCnxnFactory@192`, `Accepted socket connection from /${from}`);
  log(call, `${thread}:NIOServerCnxn@827`, `Processing ${word} command from /${from}`);
  if (word === 'ruok') return 'imok';
  if (word !== 'stat' && word !== 'srvr') return '';
  const { newest, reached, hasQuorum } = assemble(call);
  if (!hasQuorum) return 'This ZooKeeper instance is not currently serving requests\n';
  const isLeader = reached.every(({ id }) => Number(id) < Number(ownId(call)));
  return `Zookeeper version: 3.4.10\nZxid: 0x${newest.zxid.toString(16)}\nMode: ${isLeader ? 'leader' : 'follower'}\nNode count: ${Object.keys(newest.nodes).length + 4}\n`;
}

type Change = Readonly<Record<string, Node | undefined>>;

/** One command of a client, with the session that it is given in: what it is told. */
function transact(call: Call, [name = '', path = '', ...rest]: readonly string[]): string {
  const { newest, reached, hasQuorum } = assemble(call);
  if (!hasQuorum) return `Exception in thread "main" ${LOST} for ${path}\n`;
  const zxid = newest.zxid + 2;
  const found = Object.hasOwn(newest.nodes, path) ? newest.nodes[path] : undefined;
  const { said, change } = done(call, { name, path, data: rest.join(' '), found, zxid, nodes: newest.nodes });
  const nodes = Object.fromEntries(Object.entries({ ...newest.nodes, ...change }).filter(([, node]) => node !== undefined));
  // The session's end is a transaction, too.
  const tree = JSON.stringify({ zxid: zxid + 1, nodes });
  keep(call, JSON.parse(tree) as Tree);
  for (const member of reached) askMember(call, member, '/commit', tree);
  return said;
}

export const LOST = 'org.apache.zookeeper.KeeperException$ConnectionLossException: KeeperErrorCode = ConnectionLoss';

interface Command {
  readonly name: string;
  readonly path: string;
  readonly data: string;
  readonly found: Node | undefined;
  readonly zxid: number;
  readonly nodes: Readonly<Record<string, Node>>;
}

function done(call: Call, { name, path, data, found, zxid, nodes }: Command): { readonly said: string; readonly change?: Change } {
  const { nowMs } = call;
  if (name === 'create') {
    if (found) return { said: `Node already exists: ${path}\n` };
    const parent = path.slice(0, path.lastIndexOf('/'));
    if (parent !== '' && !nodes[parent]) return { said: `Node does not exist: ${path}\n` };
    const node = { data, createdMs: nowMs, changedMs: nowMs, createdBy: zxid, changedBy: zxid, version: 0 };
    return { said: `Created ${path}\n`, change: { [path]: node } };
  }
  if (name === 'ls') {
    if (!found && path !== '/') return { said: `Node does not exist: ${path}\n` };
    return { said: `[${[...(path === '/' ? ['zookeeper'] : []), ...childrenOf(nodes, path)].join(', ')}]\n` };
  }
  if (!['get', 'set', 'stat', 'delete', 'rmr'].includes(name))
    return {
      said: `ZooKeeper -server host:port cmd args\n\tcreate path data\n\tget path\n\tset path data\n\tls path\n\tstat path\n\tdelete path\n`,
    };
  if (!found) return { said: `Node does not exist: ${path}\n` };
  if (name === 'get') return { said: `${found.data}\n${statText(found, nodes, path)}` };
  if (name === 'stat') return { said: statText(found, nodes, path) };
  if (name === 'set') {
    const node = { ...found, data, changedMs: nowMs, changedBy: zxid, version: found.version + 1 };
    return { said: statText(node, nodes, path), change: { [path]: node } };
  }
  if (name === 'delete' && childrenOf(nodes, path).length > 0) return { said: `Node not empty: ${path}\n` };
  const gone = Object.keys(nodes).filter((each) => each === path || each.startsWith(`${path}/`));
  return { said: '', change: Object.fromEntries(gone.map((each) => [each, undefined])) };
}

function childrenOf(nodes: Tree['nodes'], path: string): string[] {
  const above = path === '/' ? '/' : `${path}/`;
  return Object.keys(nodes)
    .filter((each) => each.startsWith(above) && !each.slice(above.length).includes('/'))
    .map((each) => each.slice(above.length))
    .toSorted();
}

function statText({ data, createdMs, changedMs, createdBy, changedBy, version }: Node, nodes: Tree['nodes'], path: string): string {
  const date = (ms: number) => formatDate(ms, '%a %b %d %H:%M:%S UTC %Y');
  const hex = (zxid: number) => `0x${zxid.toString(16)}`;
  return `cZxid = ${hex(createdBy)}
ctime = ${date(createdMs)}
mZxid = ${hex(changedBy)}
mtime = ${date(changedMs)}
pZxid = ${hex(createdBy)}
cversion = 0
dataVersion = ${version}
aclVersion = 0
ephemeralOwner = 0x0
dataLength = ${data.length}
numChildren = ${childrenOf(nodes, path).length}
`;
}

// The shell -------------------------------------------------------------------------------------------------------------------

export const zooKeeperShell: Program = {
  run(call): Outcome {
    const server = optionValue(call, '-server') ?? 'localhost:2181';
    const start = call.args.indexOf('org.apache.zookeeper.ZooKeeperMain') + 1;
    const words = call.args.slice(start).filter((word, i, all) => word !== '-server' && all[i - 1] !== '-server');
    if (words.length === 0)
      return eachLine(
        call,
        () => `[zk: ${server}(CONNECTED) 0] `,
        (line) => typed(call, server, line),
      );
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + SHELL_START_MS }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    call.out(`Connecting to ${server}\n`);
    return say(call, server, words, '\nWATCHER::\n\nWatchedEvent state:SyncConnected type:None path:null\n');
  },
};

function typed(call: Call, server: string, line: string): number | undefined {
  if (line === 'quit') return 0;
  if (line !== '') say(call, server, line.split(/\s+/), '');
  return undefined;
}

function say(call: Call, server: string, words: readonly string[], greeting: string): number {
  const [host = '', port = ''] = server.split(':');
  const answer = post(call, host, Number(port), '/command', JSON.stringify(words));
  if (typeof answer !== 'object') {
    call.err(`Exception in thread "main" ${LOST} for ${words[1] ?? '/'}\n`);
    return 1;
  }
  call.out(greeting + answer.body);
  return 0;
}
