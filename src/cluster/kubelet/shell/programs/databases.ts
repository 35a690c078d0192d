// Databases: they accept connections, and all but mysqld (`mysqlTables.ts`) keep nothing. What they want to be told at their start they want here, too.
import { formatDate } from '../dates.ts';
import { goFlag } from '../goProgram.ts';
import { answerOf } from '../network.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, server } from '../server.ts';
import { MYSQL_PORT, runStatements, SqlError } from './mysqlTables.ts';

export const mysqld: Program = server({
  prepare(call) {
    const names = ['MYSQL_ROOT_PASSWORD', 'MYSQL_ALLOW_EMPTY_PASSWORD', 'MYSQL_RANDOM_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD'];
    if (names.some((name) => call.variable(name))) return undefined;
    const stamp = `${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S')}+00:00`;
    call.err(`${stamp} [ERROR] [Entrypoint]: Database is uninitialized and password option is not specified\n`);
    call.err('    You need to specify one of the following as an environment variable:\n');
    for (const name of names.slice(0, 3)) call.err(`    - ${name}\n`);
    return 1;
  },
  ports: () => [MYSQL_PORT],
  onPortTaken: (call) => call.fail("Can't start server: Bind on TCP/IP port: Address already in use"),
  startMs: 8000,
  memoryBytes: 400 * MEBIBYTE,
  cpuMilli: 10,
  signals: { TERM: 0 },
  onReady(call) {
    const stamp = formatDate(call.nowMs, '%Y-%m-%dT%H:%M:%S.000000Z');
    call.err(
      `${stamp} 0 [System] [MY-010931] [Server] /usr/sbin/mysqld: ready for connections. port: 3306  MySQL Community Server - GPL.\n`,
    );
    // Its own database, by which a data folder that was used before is known.
    call.files.makeFolders('/var/lib/mysql/mysql');
  },
  answer(call, { body }) {
    try {
      return answerOf(200, JSON.stringify(runStatements(call, body)));
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      return answerOf(400, error.message.replace('|', ' at line 1: '));
    }
  },
});

export const postgres: Program = server({
  prepare(call) {
    if (call.variable('POSTGRES_PASSWORD') || call.variable('POSTGRES_HOST_AUTH_METHOD') === 'trust') return undefined;
    call.err('Error: Database is uninitialized and superuser password is not specified.\n');
    call.err(
      '       You must specify POSTGRES_PASSWORD to a non-empty value for the\n       superuser. For example, "-e POSTGRES_PASSWORD=password" on "docker run".\n',
    );
    return 1;
  },
  ports: () => [5432],
  onPortTaken: (call) => call.fail('could not bind IPv4 address "0.0.0.0": Address already in use'),
  startMs: 2000,
  memoryBytes: 40 * MEBIBYTE,
  cpuMilli: 3,
  signals: { TERM: 0, INT: 0, QUIT: 0 },
  onReady(call) {
    call.err(`${formatDate(call.nowMs, '%Y-%m-%d %H:%M:%S.000 UTC')} [1] LOG:  database system is ready to accept connections\n`);
  },
});

export const mongod: Program = server({
  ports: (call) => [Number(goFlag(call, 'port') ?? 27017)],
  onPortTaken: (call) => call.fail('Failed to set up listener: SocketException: Address already in use', 48),
  startMs: 1500,
  memoryBytes: 180 * MEBIBYTE,
  cpuMilli: 8,
  signals: { TERM: 0, INT: 0 },
  onReady(call) {
    call.out(
      `{"t":{"$date":"${formatDate(call.nowMs, '%Y-%m-%dT%H:%M:%S.000+00:00')}"},"s":"I","c":"NETWORK","id":23016,"ctx":"listener","msg":"Waiting for connections","attr":{"port":27017,"ssl":"off"}}\n`,
    );
  },
});

export const memcached: Program = server({
  ports: (call) => [Number(goFlag(call, 'p') ?? 11211)],
  onPortTaken: (call, port) => call.fail(`failed to listen on TCP port ${port}: Address already in use`, 71),
  memoryBytes: 4 * MEBIBYTE,
  signals: { TERM: 0, INT: 0 },
});
