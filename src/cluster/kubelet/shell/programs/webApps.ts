// The web applications of tutorials that need a database: the guestbook and WordPress.
import type { Call } from '../call.ts';
import { addressesOf, answerOf, connect } from '../network.ts';
import type { Program } from '../program.ts';
import { MEBIBYTE, saysAddressInUse, server } from '../server.ts';
import type { HttpAnswer } from '../world.ts';
import { MYSQL_PORT } from './mysqlTables.ts';
import { ask } from './redis.ts';

const REDIS_PORT = 6379;

/** As images of PHP begin and end. */
const apache = {
  ports: () => [80],
  onPortTaken: saysAddressInUse,
  memoryBytes: 30 * MEBIBYTE,
  cpuMilli: 1,
  signals: { TERM: 0, WINCH: 0 },
};

function page(title: string, body: string): string {
  return `<!DOCTYPE html>\n<html>\n<head><title>${title}</title></head>\n<body>\n${body}\n</body>\n</html>\n`;
}

/** The first of the names that the cluster knows: the tutorial has called them leader and follower, and master and slave. */
function known(call: Call, names: readonly string[]): string {
  return names.find((name) => addressesOf(call.kernel, name).length > 0) ?? (names[0] as string);
}

/** gb-frontend: writes to the leader, reads from a follower. */
export const guestbook: Program = server({
  ...apache,
  answer(call, { path }) {
    const [file, query = ''] = path.split('?');
    if (file !== '/guestbook.php') return answerOf(200, page('Guestbook', '<h2>Guestbook</h2>'));
    const asked = new Map(query.split('&').map((pair) => pair.split('=', 2) as [string, string]));
    const key = asked.get('key') ?? 'messages';
    const value = decodeURIComponent((asked.get('value') ?? '').replace(/%(?![0-9a-fA-F]{2})/g, '%25'));
    if (asked.get('cmd') === 'set') {
      const reply = ask(call, known(call, ['redis-leader', 'redis-master']), REDIS_PORT, ['SET', key, value]);
      return reply ? json({ message: 'Updated' }) : phpError('redis-leader');
    }
    const reply = ask(call, known(call, ['redis-follower', 'redis-slave']), REDIS_PORT, ['GET', key]);
    return reply ? json({ data: reply.type === 'text' ? reply.text : '' }) : phpError('redis-follower');
  },
});

function json(value: object): HttpAnswer {
  return answerOf(200, JSON.stringify(value), 'application/json');
}

function phpError(host: string): HttpAnswer {
  return answerOf(500, `Fatal error: Uncaught exception 'Predis\\Connection\\ConnectionException' [tcp://${host}:${REDIS_PORT}]\n`);
}

/** wordpress, before anybody has installed it: it needs its database. */
export const wordpress: Program = server({
  ...apache,
  answer(call, { path, host: asked }) {
    const [host = '', port] = (call.variable('WORDPRESS_DB_HOST') ?? 'mysql').split(':');
    const [address] = addressesOf(call.kernel, host);
    const isThere = address !== undefined && connect(call.kernel, address, Number(port ?? MYSQL_PORT)).state === 'open';
    if (!isThere) return answerOf(500, page('Database Error', '<h1>Error establishing a database connection</h1>'));
    if (path.startsWith('/wp-admin/install.php')) return answerOf(200, page('WordPress › Installation', '<h1>Welcome</h1>'));
    return { ...answerOf(302, ''), headers: { Location: `http://${asked}/wp-admin/install.php` } };
  },
});
