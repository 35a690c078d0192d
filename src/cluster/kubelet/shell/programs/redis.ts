// redis-server and redis-cli: keys in memory, kept as a file when the server ends or, with `appendonly`, at each change; a replica that
// asks its source.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, answerOf, LATENCY_MS, post } from '../network.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { keptBy, MEBIBYTE, server } from '../server.ts';
import { eachLine } from '../typed.ts';
import { error, isWriting, type Keys, list, OK, type Reply, runCommand, text } from './redisCommands.ts';

const PORT = 6379;
const KEYS_FILE = 'dump.rdb';
/** How clients of here ask, that need not take replies apart; everybody else speaks in lines. */
const CLIENT_PATH = '/redis-cli';
const VERSION = '8.2.2';

interface Kept {
  keys: Keys;
  /** What CONFIG SET has changed. */
  settings: Record<string, string>;
}

const DEFAULTS: Readonly<Record<string, string>> = { maxmemory: '0', 'maxmemory-policy': 'noeviction', appendonly: 'no', dir: '/data' };
const UNITS: Readonly<Record<string, number>> = { kb: 2 ** 10, mb: 2 ** 20, gb: 2 ** 30 };

/** A setting of the command line, of the configuration file that is the first argument, or as it is unless told. */
function startSetting(call: Call, name: string): string | undefined {
  const at = call.args.indexOf(`--${name}`);
  if (at >= 0) {
    const end = call.args.findIndex((word, i) => i > at && word.startsWith('--'));
    return call.args.slice(at + 1, end < 0 ? undefined : end).join(' ');
  }
  const [file = ''] = call.args;
  const lines = file === '' || file.startsWith('-') ? '' : (call.read(file, () => {}) ?? '');
  const words = lines
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .find(([first]) => first === name);
  return words?.slice(1).join(' ') ?? DEFAULTS[name];
}

function setting(call: Call, name: string): string {
  const value = kept(call).settings[name] ?? startSetting(call, name) ?? '';
  const [, amount, unit = ''] = /^(\d+)(kb|mb|gb)$/i.exec(value) ?? [];
  return amount === undefined ? value : String(Number(amount) * (UNITS[unit.toLowerCase()] ?? 1));
}

function kept(call: Call): Kept {
  return keptBy<Kept>(call, () => ({ keys: savedKeys(call), settings: {} }));
}

function keysPath(call: Call): string {
  return call.path(`${startSetting(call, 'dir')}/${KEYS_FILE}`);
}

function savedKeys(call: Call): Keys {
  const saved = call.files.stat(keysPath(call));
  return new Map(saved?.type === 'file' && saved.text !== '' ? (JSON.parse(saved.text) as [string, string][]) : []);
}

function saveKeys(call: Call): void {
  const path = keysPath(call);
  const saved = JSON.stringify([...kept(call).keys]);
  call.attempt(path, () => call.files.put(path, () => ({ type: 'file', text: saved, mode: 0o644, atMs: call.nowMs })));
}

function log(call: Call, line: string): void {
  call.out(`${call.process.pid}:M ${formatDate(call.nowMs, '%d %b %Y %H:%M:%S')}.000 * ${line}\n`);
}

function serverPort(call: Call): number {
  return Number(startSetting(call, 'port') ?? PORT);
}

export const redisServer: Program = server({
  ports: (call) => [serverPort(call)],
  onPortTaken(call, port) {
    log(call, `Warning: Could not create server TCP listening socket *:${port}: bind: Address already in use`);
    return 1;
  },
  memoryBytes: 8 * MEBIBYTE,
  cpuMilli: 2,
  signals: { TERM: 0, INT: 0 },
  onReady(call) {
    log(call, 'oO0OoO0OoO0Oo Redis is starting oO0OoO0OoO0Oo');
    log(call, 'Server initialized');
    log(call, 'Ready to accept connections tcp');
  },
  onStop(call) {
    log(call, 'User requested shutdown...');
    saveKeys(call);
    log(call, 'Redis is now ready to exit, bye bye...');
  },
  answer(call, asked) {
    const isClient = asked.path === CLIENT_PATH;
    const commands: (readonly string[])[] = isClient
      ? [JSON.parse(asked.body) as string[]]
      : asked.body.split('\n').map((line) => line.trim().split(/\s+/));
    const replies = commands.filter(([name]) => name).map((words) => reply(call, words));
    return answerOf(200, isClient ? JSON.stringify(replies[0]) : replies.map(encoded).join(''));
  },
});

function reply(call: Call, words: readonly string[]): Reply {
  const [name = '', action = '', key = '', value = ''] = words;
  const { keys, settings } = kept(call);
  const source = setting(call, 'replicaof') || setting(call, 'slaveof');
  if (/^info$/i.test(name)) return text(information(call, source));
  if (/^save$|^bgsave$/i.test(name)) {
    saveKeys(call);
    return OK;
  }
  if (/^config$/i.test(name) && /^get$/i.test(action)) return list([key, setting(call, key)]);
  if (/^config$/i.test(name)) {
    settings[key] = value;
    return OK;
  }
  if (source === '') {
    const made = runCommand(keys, words);
    if (isWriting(name) && setting(call, 'appendonly') === 'yes') saveKeys(call);
    return made;
  }
  if (isWriting(name)) return error("READONLY You can't write against a read only replica.");
  const [host = '', port = ''] = source.split(' ');
  return ask(call, host, Number(port), words) ?? runCommand(keys, words);
}

function information(call: Call, source: string): string {
  const { keys } = kept(call);
  const role = source === '' ? 'role:master' : `role:slave\r\nmaster_host:${source.split(' ')[0]}`;
  return `# Server\r\nredis_version:${VERSION}\r\n\r\n# Replication\r\n${role}\r\n\r\n# Keyspace\r\n${keys.size > 0 ? `db0:keys=${keys.size},expires=0,avg_ttl=0\r\n` : ''}`;
}

/** As the server sends it. */
function encoded(sent: Reply): string {
  if (sent.type === 'nil') return '$-1\r\n';
  if (sent.type === 'number') return `:${sent.number}\r\n`;
  if (sent.type === 'text') return `$${sent.text.length}\r\n${sent.text}\r\n`;
  if (sent.type === 'list') return `*${sent.replies.length}\r\n${sent.replies.map(encoded).join('')}`;
  return `${sent.type === 'error' ? '-' : '+'}${sent.text}\r\n`;
}

// Clients -------------------------------------------------------------------------------------------------------------------

/** What a server replies; undefined: nobody is there. */
export function ask(call: Call, host: string, port: number, words: readonly string[]): Reply | undefined {
  const answer = post(call, host, port, CLIENT_PATH, JSON.stringify(words));
  return typeof answer !== 'object' || answer.status !== 200 ? undefined : (JSON.parse(answer.body) as Reply);
}

export const redisCli: Program = {
  run(call): Outcome {
    const options = readOptions(call, '+h:p:a:n:u:x', { raw: 'raw', 'no-auth-warning': 'quiet', 'user=': 'user', 'pass=': 'a' });
    if (typeof options === 'number') return options;
    const host = options.value('h') ?? '127.0.0.1';
    const port = Number(options.value('p') ?? PORT);
    const words = options.operands;
    if (words.length === 0)
      return eachLine(
        call,
        () => `${host}:${port}> `,
        (line) => typed(call, host, port, line),
      );
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
    return atMs > call.nowMs ? { untilMs: atMs } : say(call, host, port, words);
  },
};

/** `exit` leaves; words may stand in quotes. */
function typed(call: Call, host: string, port: number, line: string): number | undefined {
  const words = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');
  if (/^(exit|quit)$/i.test(words[0] ?? '')) return 0;
  if (words.length > 0) say(call, host, port, words);
  return undefined;
}

function say(call: Call, host: string, port: number, words: readonly string[]): number {
  const got = ask(call, host, port, words);
  if (!got) {
    const reason = addressesOf(call.kernel, host).length === 0 ? 'Name or service not known' : 'Connection refused';
    call.err(`Could not connect to Redis at ${host}:${port}: ${reason}\n`);
    return 1;
  }
  call.out(call.isTerminal ? `${shown(got, '')}\n` : `${raw(got)}\n`);
  return 0;
}

/** For people; `indent` stands before the second and later lines of a list. */
function shown(got: Reply, indent: string): string {
  if (got.type === 'nil') return '(nil)';
  if (got.type === 'number') return `(integer) ${got.number}`;
  if (got.type === 'text') return `"${got.text.replace(/["\\]/g, '\\$&').replaceAll('\n', '\\n').replaceAll('\r', '\\r')}"`;
  if (got.type === 'error') return `(error) ${got.text}`;
  if (got.type === 'status') return got.text;
  if (got.replies.length === 0) return '(empty array)';
  return got.replies.map((each, i) => `${i + 1}) ${shown(each, `${indent}   `)}`).join(`\n${indent}`);
}

/** For programs. */
function raw(got: Reply): string {
  if (got.type === 'nil') return '';
  if (got.type === 'number') return String(got.number);
  return got.type === 'list' ? got.replies.map(raw).join('\n') : got.text;
}
