// Images of programs that run in Java: how they begin. The scripts that start them come with those programs.
import type { Image } from './image.ts';
import { scripts } from './late.ts';

const JAVA_HOME = '/usr/lib/jvm/java-8-openjdk-amd64';
const JAVA_PROGRAMS = {
  [`${JAVA_HOME}/bin/java`]: 'java',
  '/usr/bin/ps': 'ps',
  '/usr/bin/pgrep': 'pgrep',
  '/usr/bin/pkill': 'killall',
} as const;

const ZOOKEEPER_BIN = '/opt/zookeeper/bin';
const ZOOKEEPER_USER = 1000;
const ZOOKEEPER_SCRIPTS = ['start-zookeeper', 'zkServer.sh', 'zkCli.sh', 'zookeeper-ready'];

const zooKeeper: Image = {
  names: ['kubernetes-zookeeper', 'k8szk'],
  base: 'ubuntu',
  programs: { ...JAVA_PROGRAMS, '/usr/bin/nc': 'nc' },
  files: () => scripts.get()['zookeeper'] ?? {},
  links: {
    '/usr/etc/zookeeper': '/opt/zookeeper/conf',
    ...Object.fromEntries(ZOOKEEPER_SCRIPTS.map((name) => [`/usr/bin/${name}`, `${ZOOKEEPER_BIN}/${name}`])),
  },
  users: { zookeeper: ZOOKEEPER_USER },
  owned: {
    '/opt/zookeeper': ZOOKEEPER_USER,
    '/opt/zookeeper/conf': ZOOKEEPER_USER,
    '/var/lib/zookeeper': ZOOKEEPER_USER,
    '/var/log/zookeeper': ZOOKEEPER_USER,
  },
  environment: { JAVA_HOME },
  command: ['/bin/bash'],
};

const cassandra: Image = {
  names: ['google-samples/cassandra', 'cassandra'],
  base: 'debian',
  programs: JAVA_PROGRAMS,
  files: () => scripts.get()['cassandra'] ?? {},
  links: { '/usr/bin/nodetool': '/usr/local/apache-cassandra/bin/nodetool' },
  environment: { JAVA_HOME },
  command: ['/run.sh'],
};

export const JAVA_IMAGES: readonly Image[] = [zooKeeper, cassandra];
