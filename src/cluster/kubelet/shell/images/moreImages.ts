// The images that are known beside those of table.ts, one row each. To add one: its names, what it is built on, and what its containers run. What they print and
// answer is told by the programs that they name.
import { entrypoint } from './entrypoints.ts';
import type { Image } from './image.ts';
import { JAVA_IMAGES } from './java.ts';
import { NGINX_SITE, nginx } from './table.ts';

/** Database images: a script that becomes the server. */
function database(program: string, port: string, command: readonly string[] = [port]): Omit<Image, 'names'> {
  return {
    base: 'debian',
    programs: { [`/usr/local/bin/${port}`]: program },
    files: { '/usr/local/bin/docker-entrypoint.sh': entrypoint(port) },
    entrypoint: ['docker-entrypoint.sh'],
    command,
  };
}

const redis: Omit<Image, 'names'> = {
  ...database('redis-server', 'redis-server'),
  programs: { '/usr/local/bin/redis-server': 'redis-server', '/usr/local/bin/redis-cli': 'redis-cli' },
  users: { redis: 999 },
  workingDir: '/data',
};

/** Redis of the guestbook that reads what another one has written. */
function follower(leader: string): Pick<Image, 'files' | 'entrypoint' | 'command'> {
  return { files: { '/run.sh': `#!/bin/bash\nexec redis-server --replicaof ${leader} 6379\n` }, entrypoint: ['/run.sh'], command: [] };
}

/** Images with one program and nothing else. */
function single(program: string, path: string): Omit<Image, 'names'> {
  return { base: 'scratch', programs: { [path]: program }, entrypoint: [path] };
}

/** Images of PHP, which Apache serves. */
function php(program: string): Omit<Image, 'names'> {
  return { base: 'debian', programs: { [APACHE]: program, '/usr/bin/curl': 'curl' }, command: ['apache2-foreground'] };
}

const APACHE = '/usr/local/bin/apache2-foreground';

/** Servers of which no more is known than where they listen: for all else they are images that are not known. */
const LISTENING: Readonly<Record<string, readonly number[]>> = {
  prometheus: [9090],
  alertmanager: [9093],
  'node-exporter': [9100],
  'kube-state-metrics': [8080, 8081],
  'statsd-exporter': [9102],
  'redis-exporter': [9121],
  redis_exporter: [9121],
  'mysqld-exporter': [9104],
  'postgres-exporter': [9187],
  'nginx-prometheus-exporter': [9113],
  grafana: [3000],
  jaeger: [16686],
  kibana: [5601],
  elasticsearch: [9200, 9300],
  fluentd: [24224],
  'fluentd-elasticsearch': [24231],
  'fluent-bit': [2020],
  traefik: [80],
  caddy: [80],
  haproxy: [80],
  envoy: [10000],
  registry: [5000],
  vault: [8200],
  consul: [8500],
  minio: [9000],
  nats: [4222],
  etcd: [2379, 2380],
  coredns: [53, 8080, 9153],
  phpmyadmin: [80],
  adminer: [8080],
  tomcat: [8080],
  jenkins: [8080],
};

const RUN_AS_NOBODY: readonly string[] = ['prometheus', 'alertmanager', 'node-exporter'];

const LANGUAGE = {
  base: 'debian',
  programs: { '/usr/local/bin/python3': 'python', '/usr/local/bin/python': 'python', '/usr/bin/curl': 'curl', '/usr/bin/wget': 'wget' },
} as const;

export const MORE_IMAGES: readonly Image[] = [
  /** The machine of the page's terminal. */
  {
    names: ['podarium/terminal'],
    base: 'debian',
    programs: { '/usr/local/bin/kubectl': 'kubectl', '/usr/local/bin/k': 'kubectl', '/usr/bin/curl': 'curl' },
  },
  // Tools.
  { names: ['alpine'], base: 'alpine', command: ['/bin/sh'] },
  { names: ['debian', 'debian-base', 'distroless-iptables'], base: 'debian', command: ['bash'] },
  { names: ['ubuntu'], base: 'ubuntu', command: ['/bin/bash'] },
  {
    names: ['bash'],
    base: 'alpine',
    programs: { '/usr/local/bin/bash': 'bash' },
    files: { '/usr/local/bin/docker-entrypoint.sh': entrypoint('bash') },
    entrypoint: ['docker-entrypoint.sh'],
    command: ['bash'],
  },
  {
    names: ['centos', 'fedora', 'rockylinux', 'amazonlinux'],
    base: 'debian',
    programs: { '/usr/bin/curl': 'curl', '/usr/bin/ps': 'ps' },
    command: ['/bin/bash'],
  },
  {
    names: ['curlimages/curl', 'curl'],
    base: 'alpine',
    programs: { '/usr/bin/curl': 'curl' },
    files: { '/entrypoint.sh': entrypoint('curl') },
    entrypoint: ['/entrypoint.sh'],
    command: ['curl'],
    user: 100,
    userName: 'curl_user',
  },
  { names: ['radial/busyboxplus', 'busyboxplus'], base: 'busybox', programs: { '/usr/bin/curl': 'curl' }, command: ['/bin/sh'] },
  {
    names: ['nicolaka/netshoot', 'netshoot', 'e2e-test-images/jessie-dnsutils', 'jessie-dnsutils', 'dnsutils'],
    base: 'alpine',
    programs: { '/usr/bin/curl': 'curl', '/usr/bin/bash': 'bash', '/usr/bin/getent': 'getent' },
    command: ['sleep', 'infinity'],
  },
  { names: ['alpine/socat', 'socat'], base: 'alpine', programs: { '/usr/bin/socat': 'socat' }, entrypoint: ['socat'] },
  { names: ['perl'], base: 'debian', programs: { '/usr/local/bin/perl': 'perl' }, command: ['perl', '-de0'] },
  { names: ['python'], ...LANGUAGE, command: ['python3'] },
  { names: ['pause'], ...single('pause', '/pause') },

  // Web servers.
  {
    names: ['nginx-unprivileged'],
    ...nginx,
    files: { ...nginx.files, '/etc/nginx/conf.d/default.conf': NGINX_SITE.replaceAll('80;', '8080;') },
    user: 101,
  },
  {
    names: ['hello-frontend'],
    ...nginx,
    files: {
      ...nginx.files,
      '/etc/nginx/conf.d/frontend.conf':
        'upstream Backend {\n    server hello;\n}\nserver {\n    listen 80;\n    location / {\n        proxy_pass http://Backend;\n    }\n}\n',
      '/etc/nginx/conf.d/default.conf': '',
    },
  },
  {
    names: ['httpd'],
    base: 'debian',
    programs: { '/usr/local/apache2/bin/httpd': 'apache', '/usr/local/bin/httpd-foreground': 'apache' },
    files: { '/usr/local/apache2/htdocs/index.html': '<html><body><h1>It works!</h1></body></html>\n' },
    command: ['httpd-foreground'],
    workingDir: '/usr/local/apache2',
    stopSignal: 'WINCH',
  },
  {
    names: ['local/httpd'],
    base: 'busybox',
    files: { '/var/www/index.html': '<h1>It works (local test server, not nginx)</h1>\n' },
    command: ['httpd', '-f', '-p', '80', '-h', '/var/www'],
  },
  { names: ['hello-app'], base: 'alpine', programs: { '/hello-app': 'hello-app' }, command: ['./hello-app'], workingDir: '/' },
  {
    names: ['kubernetes-bootcamp'],
    base: 'debian',
    programs: { '/usr/local/bin/node': 'kubernetes-bootcamp', '/usr/bin/curl': 'curl' },
    files: { '/server.js': "require('http').createServer((_, answer) => answer.end('Hello Kubernetes bootcamp!')).listen(8080);\n" },
    command: ['node', 'server.js'],
    workingDir: '/',
  },
  { names: ['node-hello', 'minikube-hello'], ...single('node-hello', '/usr/local/bin/node') },
  { names: ['hello-go-gke'], ...single('hello-backend', '/usr/bin/hello') },
  { names: ['hashicorp/http-echo', 'http-echo'], ...single('http-echo', '/http-echo') },
  { names: ['echoserver'], base: 'debian', programs: { '/usr/sbin/nginx': 'echo-server' }, command: ['/usr/sbin/nginx'] },
  { names: ['traefik/whoami', 'containous/whoami'], ...single('whoami-server', '/whoami') },
  { names: ['hpa-example'], ...php('hpa-example') },
  { names: ['gb-frontend'], ...php('guestbook') },
  { names: ['wordpress'], ...php('wordpress') },
  {
    names: ['node'],
    base: 'debian',
    programs: { '/usr/local/bin/node': 'node', '/usr/bin/curl': 'curl', '/usr/bin/wget': 'wget' },
    command: ['node'],
  },
  ...Object.entries(LISTENING).map(([name, ports]) => ({
    names: [name],
    base: 'debian' as const,
    ports,
    ...(RUN_AS_NOBODY.includes(name) ? { user: 65_534, userName: 'nobody' } : {}),
  })),

  // Databases.
  { names: ['redis', 'valkey'], ...redis },
  { names: ['gb-redis-follower'], ...redis, ...follower('redis-leader') },
  { names: ['gb-redisslave', 'redis-slave'], ...redis, ...follower('redis-master') },
  {
    names: ['mysql', 'mariadb'],
    ...database('mysqld', 'mysqld'),
    programs: { '/usr/local/bin/mysqld': 'mysqld', '/usr/bin/mysql': 'mysql', '/usr/bin/mysqladmin': 'mysqladmin' },
  },
  {
    names: ['google-samples/xtrabackup', 'xtrabackup'],
    base: 'debian',
    programs: {
      '/usr/bin/mysql': 'mysql',
      '/usr/bin/ncat': 'ncat',
      '/usr/bin/xbstream': 'xbstream',
      '/usr/bin/xtrabackup': 'xtrabackup',
    },
    command: ['bash'],
  },
  {
    names: ['postgres'],
    ...database('postgres', 'postgres'),
    programs: { '/usr/local/bin/postgres': 'postgres', '/usr/bin/psql': 'psql', '/usr/bin/pg_isready': 'pg-isready' },
    users: { postgres: 999 },
    stopSignal: 'INT',
  },
  {
    names: ['mongo'],
    ...database('mongod', 'mongod'),
    programs: { '/usr/bin/mongod': 'mongod', '/usr/bin/mongosh': 'mongosh', '/usr/bin/mongo': 'mongosh' },
    users: { mongodb: 999 },
  },
  {
    names: ['rabbitmq'],
    ...database('rabbitmq', 'rabbitmq-server'),
    programs: { '/usr/local/bin/rabbitmq-server': 'rabbitmq', '/usr/local/bin/rabbitmq-diagnostics': 'rabbitmq-diagnostics' },
    users: { rabbitmq: 999 },
  },
  { names: ['memcached'], ...database('memcached', 'memcached'), users: { memcache: 11_211 }, user: 11_211, userName: 'memcache' },
  ...JAVA_IMAGES,

  // Of the Kubernetes tests.
  {
    names: ['e2e-test-images/agnhost', 'agnhost'],
    base: 'alpine',
    programs: { '/agnhost': 'agnhost', '/usr/bin/curl': 'curl' },
    entrypoint: ['/agnhost'],
    command: ['pause'],
  },
  { names: ['liveness'], base: 'scratch', programs: { '/server': 'agnhost' }, entrypoint: ['/server', 'liveness'] },
  {
    names: ['serve_hostname', 'serve-hostname'],
    base: 'scratch',
    programs: { '/serve-hostname': 'agnhost' },
    entrypoint: ['/serve-hostname', 'serve-hostname'],
  },
  { names: ['polinux/stress'], base: 'alpine', programs: { '/usr/local/bin/stress': 'stress' }, command: ['stress', '--help'] },
  { names: ['vish/stress'], ...single('vish-stress', '/stress') },

  // Not to be run: an artifact that pods mount.
  { names: ['crio/artifact'], base: 'none', files: { '/dir/file': '1\n', '/file': '2\n' } },
];
