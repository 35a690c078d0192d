// The programs of images that only some worlds run, by name: databases, queues, languages, and what is written in them.
import type { Program } from '../program.ts';
import { amqpConsume, amqpDeclareQueue, amqpPublish, rabbitMq, rabbitMqDiagnostics } from './amqp.ts';
import { mongosh, pgIsReady, psql } from './databaseClients.ts';
import { memcached, mongod, mysqld, postgres } from './databases.ts';
import { java } from './java.ts';
import { mysql, mysqladmin, ncat, xbstream, xtrabackup } from './mysql.ts';
import { node } from './node.ts';
import { perl } from './perl.ts';
import { python } from './python/python.ts';
import { redisCli, redisServer } from './redis.ts';
import { socat } from './socat.ts';
import { guestbook, wordpress } from './webApps.ts';

const ALL = {
  'amqp-consume': amqpConsume,
  'amqp-declare-queue': amqpDeclareQueue,
  'amqp-publish': amqpPublish,
  guestbook,
  java,
  memcached,
  mongod,
  mongosh,
  mysql,
  mysqladmin,
  mysqld,
  ncat,
  node,
  perl,
  'pg-isready': pgIsReady,
  postgres,
  psql,
  python,
  rabbitmq: rabbitMq,
  'rabbitmq-diagnostics': rabbitMqDiagnostics,
  'redis-cli': redisCli,
  'redis-server': redisServer,
  socat,
  wordpress,
  xbstream,
  xtrabackup,
};

export const APPLICATIONS: Readonly<Record<string, Program>> = Object.assign(Object.create(null), ALL);
