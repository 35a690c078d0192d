// The little SQL that mysqld understands: databases and tables, kept as files of its data folder, and a replica that asks its source.
// Leaves out: types, conditions, joins, users.

import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { addressesOf, request } from '../network.ts';

export const MYSQL_PORT = 3306;
const DATA = '/var/lib/mysql';
const SOURCE_FILE = `${DATA}/master.info`;

/** What a statement gives: columns and rows; none: it only did something. */
export interface Result {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A statement that cannot be done, in the server's words. */
export class SqlError extends Error {}

const NOTHING: Result = { columns: [], rows: [] };

type Statement = readonly [pattern: RegExp, run: (call: Call, found: readonly string[]) => Result];

const STATEMENTS: readonly Statement[] = [
  [/^create database (if not exists )?`?(\w+)`?$/i, createDatabase],
  [/^create table (if not exists )?`?(\w+)`?\.`?(\w+)`? ?\((.*)\)$/is, createTable],
  [/^insert into `?(\w+)`?\.`?(\w+)`? (?:\([^)]*\) )?values ?(.*)$/is, insert],
  [/^select \* from `?(\w+)`?\.`?(\w+)`?$/i, selectAll],
  [/^select (.*)$/is, selectValues],
  [/^show databases$/i, showDatabases],
  [/^change (?:master|replication source) to .*(?:master|source)_host ?= ?'([^']*)'.*$/is, changeSource],
  [/^(start|stop) (slave|replica)$/i, () => NOTHING],
];
const WRITING = /^(create|insert|update|delete|drop)/i;

/** All statements of a text, in their order. */
export function runStatements(call: Call, text: string): Result[] {
  const statements = text.split(';').map((statement) => statement.trim().replace(/\s+/g, ' '));
  return statements.filter(Boolean).map((statement) => runStatement(call, statement));
}

function runStatement(call: Call, statement: string): Result {
  if (WRITING.test(statement) && isReadOnly(call))
    throw new SqlError('1290 (HY000)|The MySQL server is running with the --super-read-only option so it cannot execute this statement');
  for (const [pattern, run] of STATEMENTS) {
    const found = pattern.exec(statement);
    if (found) return run(call, found.slice(1));
  }
  throw new SqlError(
    `1064 (42000)|You have an error in your SQL syntax; check the manual that corresponds to your MySQL server version for the right syntax to use near '${statement}' at line 1`,
  );
}

/** The settings in /etc/mysql/conf.d. */
function settings(call: Call): string {
  const folder = '/etc/mysql/conf.d';
  if (call.files.stat(folder)?.type !== 'folder') return '';
  return call.files
    .list(folder)
    .map((name) => call.read(`${folder}/${name}`, () => {}) ?? '')
    .join('\n');
}

function isReadOnly(call: Call): boolean {
  return /^super[-_]read[-_]only/m.test(settings(call));
}

// Databases and tables: a folder each, and a file whose first line names the columns ------------------------------------------

function createDatabase(call: Call, [isGentle, name = '']: readonly string[]): Result {
  const path = `${DATA}/${name}`;
  if (call.files.stat(path)) {
    if (isGentle) return NOTHING;
    throw new SqlError(`1007 (HY000)|Can't create database '${name}'; database exists`);
  }
  call.files.makeFolder(path, 0o750);
  return NOTHING;
}

function tablePath(call: Call, database: string, table: string): string {
  if (call.files.stat(`${DATA}/${database}`)?.type !== 'folder') throw new SqlError(`1049 (42000)|Unknown database '${database}'`);
  return `${DATA}/${database}/${table}.ibd`;
}

function createTable(call: Call, [isGentle, database = '', table = '', columns = '']: readonly string[]): Result {
  const path = tablePath(call, database, table);
  if (call.files.stat(path)) {
    if (isGentle) return NOTHING;
    throw new SqlError(`1050 (42S01)|Table '${table}' already exists`);
  }
  const names = columns
    .replaceAll(/\([^)]*\)/g, '')
    .split(',')
    .map((column) => column.trim().split(' ')[0]?.replaceAll('`', '') ?? '');
  write(call, path, `${names.join('\t')}\n`);
  return NOTHING;
}

function tableLines(call: Call, database: string, table: string): string[] {
  const text = call.read(tablePath(call, database, table), () => {});
  if (text === undefined) throw new SqlError(`1146 (42S02)|Table '${database}.${table}' doesn't exist`);
  return text.split('\n').slice(0, -1);
}

function insert(call: Call, [database = '', table = '', values = '']: readonly string[]): Result {
  const lines = tableLines(call, database, table);
  const rows = [...values.matchAll(/\(([^)]*)\)/g)].map(([, row = '']) => valuesOf(row).join('\t'));
  write(call, tablePath(call, database, table), [...lines, ...rows, ''].join('\n'));
  return NOTHING;
}

function valuesOf(row: string): string[] {
  return [...row.matchAll(/'([^']*)'|([^\s,']+)/g)].map(([, text, word = '']) => text ?? word);
}

function write(call: Call, path: string, text: string): void {
  call.files.put(path, () => ({ type: 'file', text, mode: 0o640, atMs: call.nowMs }));
}

// Reading -------------------------------------------------------------------------------------------------------------------

/** A replica has what its source has, as far as it can ask. */
function selectAll(call: Call, [database = '', table = '']: readonly string[]): Result {
  const known = askSource(call, `SELECT * FROM ${database}.${table}`);
  if (known) return known;
  const [columns = '', ...rows] = tableLines(call, database, table);
  return { columns: columns.split('\t'), rows: rows.map((row) => row.split('\t')) };
}

function askSource(call: Call, statement: string): Result | undefined {
  const source = call.read(SOURCE_FILE, () => {})?.trim();
  const [address] = source ? addressesOf(call.kernel, source) : [];
  if (address === undefined) return undefined;
  const { answer } = askServer(call, address, statement);
  return typeof answer === 'string' || answer.status !== 200 ? undefined : (JSON.parse(answer.body) as Result[])[0];
}

export function askServer(call: Call, address: string, statements: string) {
  const { ip } = call.kernel.sandbox;
  return request(call.kernel, address, MYSQL_PORT, { method: 'POST', path: '/', host: address, headers: {}, body: statements, from: ip });
}

function selectValues(call: Call, [list = '']: readonly string[]): Result {
  const columns = list.split(',').map((each) => each.trim());
  return { columns, rows: [columns.map((column) => valueOf(call, column))] };
}

function valueOf(call: Call, expression: string): string {
  if (/^now\(\)$/i.test(expression)) return formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S');
  if (/^@@server_id$/i.test(expression)) return /^server-id=(\d+)/m.exec(settings(call))?.[1] ?? '1';
  if (/^@@hostname$/i.test(expression)) return call.kernel.sandbox.hostname;
  if (/^version\(\)$/i.test(expression)) return '5.7.44';
  return expression.replace(/^'(.*)'$/, '$1');
}

function showDatabases(call: Call): Result {
  const own = call.files.list(DATA).filter((name) => call.files.stat(`${DATA}/${name}`)?.type === 'folder');
  return { columns: ['Database'], rows: [...new Set(['information_schema', ...own])].toSorted().map((name) => [name]) };
}

function changeSource(call: Call, [host = '']: readonly string[]): Result {
  write(call, SOURCE_FILE, `${host}\n`);
  return NOTHING;
}
