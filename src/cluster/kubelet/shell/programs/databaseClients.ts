// psql, pg_isready, mongosh: whether a server is there, and what it says to the little that probes and tutorials ask.
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, connect, LATENCY_MS } from '../network.ts';
import { optionValue, readOptions } from '../options.ts';
import type { Program } from '../program.ts';

const POSTGRES_PORT = 5432;
const MONGO_PORT = 27017;
const SOCKET = '/var/run/postgresql';

/** `then` hears, after the way there and back, whether the server takes connections. */
function reach(call: Call, host: string, port: number, then: (isThere: boolean) => number): Outcome {
  const { atMs } = call.remember(() => ({ atMs: call.nowMs + LATENCY_MS }));
  if (atMs > call.nowMs) return { untilMs: atMs };
  const [address] = addressesOf(call.kernel, host);
  return then(address !== undefined && connect(call.kernel, address, port).state === 'open');
}

function postgresServer(call: Call): { readonly host: string; readonly port: number; readonly shown: string } {
  const host = optionValue(call, '-h', '--host') ?? call.variable('PGHOST');
  const port = Number(optionValue(call, '-p', '--port') ?? call.variable('PGPORT') ?? POSTGRES_PORT);
  return { host: host ?? 'localhost', port, shown: `${host ?? SOCKET}:${port}` };
}

export const pgIsReady: Program = {
  run(call) {
    const { host, port, shown } = postgresServer(call);
    return reach(call, host, port, (isThere) => {
      call.out(`${shown} - ${isThere ? 'accepting connections' : 'no response'}\n`);
      return isThere ? 0 : 2;
    });
  },
};

const PSQL_LONG = { 'command=': 'c', 'host=': 'h', 'port=': 'p', 'username=': 'U', 'dbname=': 'd', 'tuples-only': 't', 'no-align': 'A' };

/** Limitation: of SQL only what stands for itself, `SELECT 1` and a few functions. */
export const psql: Program = {
  run(call) {
    const options = readOptions(call, 'c:h:p:U:d:v:tAqXwWe', PSQL_LONG);
    if (typeof options === 'number') return options;
    const { host, port, shown } = postgresServer(call);
    return reach(call, host, port, (isThere) => {
      if (!isThere) {
        const where = shown.startsWith('/') ? `on socket "${SOCKET}/.s.PGSQL.${port}"` : `at "${host}", port ${port}`;
        call.err(`psql: error: connection to server ${where} failed: Connection refused\n`);
        return 2;
      }
      const [, list] = /^\s*select\s+(.*?);?\s*$/is.exec(options.value('c') ?? '') ?? [];
      if (list === undefined) return call.fail('error: only SELECT of values is simulated');
      const names = { current_user: options.value('U') ?? 'postgres', current_database: options.value('d') ?? 'postgres' };
      const cells = list.split(/,(?![^(]*\))/).map((expression) => cellOf(call, expression.trim(), names));
      const values = cells.map(({ text }) => text);
      const titles = cells.map(({ title }) => title);
      if (!options.has('A')) call.out(options.has('t') ? ` ${values.join(' | ')}\n\n` : table(cells));
      else call.out(options.has('t') ? `${values.join('|')}\n` : `${titles.join('|')}\n${values.join('|')}\n(1 row)\n`);
      return 0;
    });
  },
};

interface Cell {
  readonly title: string;
  readonly text: string;
}

function cellOf(call: Call, expression: string, names: Readonly<Record<string, string>>): Cell {
  const [, plain = expression, name] = /^(.*?)\s+as\s+(\w+)$/i.exec(expression) ?? [];
  const [, called = ''] = /^(\w+)(?:\(\))?$/.exec(plain) ?? [];
  const values: Readonly<Record<string, string>> = {
    version: 'PostgreSQL 18.0 (Debian 18.0-1.pgdg13+3) on x86_64-pc-linux-gnu, compiled by gcc 14.2.0, 64-bit',
    now: formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S.000000+00'),
    ...names,
  };
  const value = Object.hasOwn(values, called) ? values[called] : undefined;
  return { title: name ?? (value === undefined ? '?column?' : called), text: value ?? plain.replace(/^'(.*)'$/, '$1') };
}

/** Titles stand in the middle, numbers to the right. */
function table(cells: readonly Cell[]): string {
  const columns = cells.map(({ title, text }) => {
    const width = Math.max(title.length, text.length);
    const left = Math.floor((width - title.length) / 2);
    return {
      head: ` ${(' '.repeat(left) + title).padEnd(width)} `,
      rule: '-'.repeat(width + 2),
      body: ` ${/^-?[\d.]+$/.test(text) ? text.padStart(width) : text}`,
    };
  });
  const row = (part: 'head' | 'body') => columns.map((column) => column[part]).join('|');
  return `${row('head')}\n${columns.map(({ rule }) => rule).join('+')}\n${row('body')}\n(1 row)\n\n`;
}

/** Limitation: of the shell's language only what asks whether the server is there. */
export const mongosh: Program = {
  run(call) {
    const [, host = 'localhost', port] = /^(?:mongodb:\/\/)?([\w.-]+)(?::(\d+))?/.exec(optionValue(call, '--host') ?? '') ?? [];
    const number = Number(optionValue(call, '--port') ?? port ?? MONGO_PORT);
    return reach(call, host, number, (isThere) => {
      if (!isThere) {
        call.err(`MongoNetworkError: connect ECONNREFUSED 127.0.0.1:${number}\n`);
        return 1;
      }
      call.out(/ping/.test(optionValue(call, '--eval') ?? '') ? '{ ok: 1 }\n' : '');
      return 0;
    });
  },
};
