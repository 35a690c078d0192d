// Servers, clients and other programs of images, in one pod.
import { describe, expect, it } from 'vitest';
import type { BoxSpec } from './process.ts';
import { execInBox, signalBox, startBox, usageOf } from './runtime.ts';
import { newSandbox } from './sandbox.ts';
import { exec, logText, run, runUntil, testBox, testWorld } from './testRun.ts';

/** A pod with these containers, after some time. */
function podOf(boxes: readonly Partial<BoxSpec>[], untilMs = 10_000) {
  const sandbox = newSandbox('web', '10.0.0.5');
  const world = testWorld({ resolve: (name) => (name === 'db' ? { name, addresses: ['10.0.0.7'] } : undefined) });
  for (const box of boxes) startBox(sandbox, testBox(box), world);
  const happenings = runUntil(sandbox, world, untilMs);
  return { sandbox, world, happenings };
}

const client = { name: 'app', command: ['sleep', '3600'] };

function fetched(server: Partial<BoxSpec>, ...words: readonly string[]) {
  const { sandbox, world } = podOf([client, { name: 'server', ...server }]);
  return exec(sandbox, world, words);
}

describe('telnet', () => {
  it.each<[script: string, said: string]>([
    ['telnet web 80; echo $?', 'Connected to web\n0\n'],
    ['printf "GET / HTTP/1.0\\r\\n\\r\\n" | telnet localhost 80 | tail -n 1', 'Connection closed by foreign host\r\n'],
    ['telnet 10.0.0.5 81; echo $?', "telnet: can't connect to remote host (10.0.0.5): Connection refused\n1\n"],
    ['telnet nobody 80; echo $?', "telnet: bad address 'nobody'\n1\n"],
  ])('%s', (script, said) => {
    expect(fetched({ image: 'nginx:1.27' }, 'sh', '-c', script).output).toBe(said);
  });
});

describe('a server', () => {
  it.each<[name: string, server: Partial<BoxSpec>, url: string, body: RegExp]>([
    ['nginx', { image: 'nginx:1.27' }, 'http://localhost', /^<!DOCTYPE html>[^]*Welcome to nginx!/],
    ['httpd', { image: 'httpd' }, 'http://127.0.0.1/', /It works!/],
    ['busybox httpd', { image: 'local/httpd:1' }, 'http://web/index.html', /not nginx/],
    ['hello-app', { image: 'gcr.io/google-samples/hello-app:1.0' }, 'localhost:8080', /^Hello, world!\nVersion: 1\.0\.0\nHostname: web\n$/],
    [
      'kubernetes-bootcamp',
      { image: 'gcr.io/google-samples/kubernetes-bootcamp:v1' },
      'localhost:8080',
      /^Hello Kubernetes bootcamp! \| Running on: web \| v=1\n$/,
    ],
    ['http-echo', { image: 'hashicorp/http-echo:0.2.3', args: ['-text=hi'] }, 'localhost:5678', /^hi\n$/],
    ['agnhost', { image: 'registry.k8s.io/e2e-test-images/agnhost:2.40', args: ['netexec'] }, 'localhost:8080/hostname', /^web$/],
    ['agnhost', { image: 'registry.k8s.io/e2e-test-images/agnhost:2.40', args: ['serve-hostname'] }, 'localhost:9376', /^web$/],
    [
      'python',
      { image: 'python:3', command: ['sh', '-c', 'echo page > index.html; exec python3 -m http.server 8000'], workingDir: '/srv' },
      'localhost:8000',
      /^page\n$/,
    ],
    ['node', { image: 'node', command: ['node', '-e', "http.createServer((_, b) => b.end('hi')).listen(81)"] }, 'localhost:81', /^hi$/],
    ['an image of which only the port is known', { image: 'prom/prometheus:v3' }, 'localhost:9090', /ok/],
    ['whoami', { image: 'traefik/whoami' }, 'localhost', /^Hostname: web\n/],
    ['echoserver', { image: 'registry.k8s.io/echoserver:1.10' }, 'localhost:8080/a', /real path=\/a/],
    [
      'an image of which only the port is known, by its own command',
      { image: 'etcd:3.6', command: ['/usr/local/bin/etcd', '--v'] },
      'localhost:2379',
      /ok/,
    ],
    ['an image that is not known', { image: 'example.com/shop:7', ports: [7000] }, 'localhost:7000', /ok/],
    [
      'nc',
      { command: ['sh', '-c', 'while true; do echo -e "HTTP/1.1 200 OK\\r\\n\\r\\nonce more" | nc -l -p 81; done'] },
      'localhost:81',
      /^once more\n$/,
    ],
  ])('%s answers', (_name, server, url, body) => {
    const { output, exitCode } = fetched(server, 'wget', '-qO-', url);
    expect(output).toMatch(body);
    expect(exitCode).toBe(0);
  });

  it('is reached through a relay, and through one that leads to itself nobody', () => {
    const sandbox = newSandbox('web', '10.0.0.5');
    const world = testWorld();
    const relay = (name: string, from: number, to: number) => ({
      name,
      image: 'alpine/socat',
      args: [`tcp-listen:${from},fork`, `tcp:web:${to}`],
    });
    for (const box of [
      client,
      { name: 'server', image: 'hello-app' },
      relay('there', 90, 8080),
      relay('back', 91, 91),
      relay('on', 92, 93),
    ])
      startBox(sandbox, testBox(box), world);
    runUntil(sandbox, world, 0);
    const get = (port: number) => exec(sandbox, world, ['wget', '-qO-', `localhost:${port}`]).output;
    expect(get(90)).toMatch(/^Hello, world!/);
    expect(get(91)).toBe('wget: error getting response: Connection reset by peer\n');
    expect(get(92)).toBe('wget: error getting response: Connection reset by peer\n');
    expect(logText(sandbox, 'stderr', 'on')).toMatch(/ socat\[1\] E connect\(5, AF=2 10\.0\.0\.5:93, 16\): Connection refused\n$/);
  });

  it('reads what its configuration says', () => {
    const conf = 'server { listen 8080; location / { root /data; } location /hi { return 200 "hi there\\n"; } }';
    const sandbox = newSandbox('web', '10.0.0.5');
    const world = testWorld();
    sandbox.volumes['conf'] = new Map([['/default.conf', { type: 'file', text: conf, mode: 0o644, atMs: 0 }]]);
    const mounts = [{ path: '/etc/nginx/conf.d', disk: 'conf', folder: '', isReadOnly: true }];
    for (const box of [client, { name: 'server', image: 'nginx', mounts }]) startBox(sandbox, testBox(box), world);
    runUntil(sandbox, world, 0);
    expect(exec(sandbox, world, ['wget', '-qO-', 'localhost:8080/hi'])).toEqual({ output: 'hi there\n', exitCode: 0 });
    expect(exec(sandbox, world, ['wget', '-qO-', 'localhost:8080/none']).output).toBe(
      'wget: server returned error: HTTP/1.1 404 Not Found\n',
    );
  });

  it('ends in order where it has a handler, and not where it has none', () => {
    for (const [image, signal, exitCode] of [
      ['nginx', 'QUIT', 0],
      ['httpd', 'WINCH', 0],
      ['registry.k8s.io/pause:3.9', 'TERM', 0],
      ['redis', 'TERM', 0],
      ['local/httpd:1', 'TERM', undefined],
    ] as const) {
      const { sandbox, world } = podOf([{ image }]);
      signalBox(sandbox, 'app', signal, world);
      expect([image, sandbox.boxes['app']?.exitCode]).toEqual([image, exitCode]);
    }
  });

  it('is told to end by nginx -s quit', () => {
    const { sandbox, world, happenings } = podOf([{ image: 'nginx' }]);
    exec(sandbox, world, ['nginx', '-s', 'quit']);
    expect([...happenings, sandbox.boxes['app']?.exitCode].at(-1)).toBe(0);
  });

  it('fails its liveness probe after ten seconds, as agnhost liveness does', () => {
    const { sandbox, world } = podOf([{ image: 'registry.k8s.io/e2e-test-images/agnhost:2.40', args: ['liveness'] }], 1000);
    const code = () => exec(sandbox, world, ['curl', '-s', '-o', '/dev/null', '-w', '%{http_code}', 'localhost:8080/healthz']).output;
    expect(code()).toBe('200');
    world.nowMs = 11_000;
    expect(code()).toBe('500');
  });
});

describe('a client', () => {
  it.each([
    [['wget', '-qO-', 'http://localhost:81'], "wget: can't connect to remote host (127.0.0.1): Connection refused\n", 1],
    [['wget', 'nosuch'], "wget: bad address 'nosuch'\n", 1],
    [['nc', '-z', 'localhost', '81'], '', 1],
    [['nslookup', 'db'], 'Server:\t\t10.96.0.10\nAddress:\t10.96.0.10:53\n\nName:\tdb\nAddress: 10.0.0.7\n\n', 0],
  ])('%j', (words, output, exitCode) => {
    const { sandbox, world } = podOf([client]);
    expect(exec(sandbox, world, words)).toEqual({ output, exitCode });
  });

  it.each([
    [['curl', '-s', 'localhost:81'], '', 7],
    [['curl', 'nosuch'], 'curl: (6) Could not resolve host: nosuch\n', 6],
    [['curl', '-sS', 'localhost:81'], 'curl: (7) Failed to connect to localhost port 81 after 1 ms: Could not connect to server\n', 7],
  ])('%j', (words, output, exitCode) => {
    const { sandbox, world } = podOf([{ name: 'app', image: 'curlimages/curl', command: ['sleep', '3600'] }]);
    expect(exec(sandbox, world, words)).toEqual({ output, exitCode });
  });
});

describe('memory', () => {
  it('ends a container whose first process takes too much', () => {
    const { exitCode, atMs, happenings } = run(['tail', '/dev/zero'], { memoryLimitBytes: 64 << 20 });
    expect(exitCode).toBe(137);
    expect(atMs).toBeLessThan(1000);
    expect(happenings).toContainEqual({ type: 'exit', box: 'app', exitCode: 137, reason: 'OOMKilled' });
  });

  it('ends a child alone, and the container goes on', () => {
    const { stdout, stderr, exitCode } = run('tail /dev/zero; echo tail rc $?', { memoryLimitBytes: 64 << 20 });
    expect([stdout, stderr, exitCode]).toEqual(['tail rc 137\n', 'Killed\n', 0]);
  });

  it('bounds what tools keep', () => {
    expect(run('yes | sort; echo $?').stdout).toBe('137\n');
    expect(run('cat /dev/zero | tail -1; echo $?').stdout).toBe('137\n');
  });

  it('is what stress asks for', () => {
    const stress = { image: 'polinux/stress', command: ['stress'], args: ['--vm', '1', '--vm-bytes', '150M', '--vm-hang', '1'] };
    expect(podOf([{ ...stress, memoryLimitBytes: 200 << 20 }]).sandbox.boxes['app']?.exitCode).toBeUndefined();
    expect(podOf([{ ...stress, memoryLimitBytes: 100 << 20 }]).sandbox.boxes['app']?.exitCode).toBe(137);
  });
});

describe('the processor', () => {
  it.each(['yes > /dev/null', 'dd if=/dev/zero of=/dev/null', 'sha256sum /dev/zero', 'cat /dev/urandom > /dev/null'])(
    'is kept busy by %s',
    (script) => {
      const { sandbox, world } = podOf([{ command: ['sh', '-c', script], cpuLimitMilli: 500 }], 1000);
      world.nowMs = 10_000;
      expect(usageOf(sandbox, 'app', world)).toMatchObject({ cpuMilli: 500, cpuMs: 5000 });
    },
  );
});

describe('programs of images', () => {
  it('compute pi, to the last digit', () => {
    const { stdout, exitCode } = run(['perl', '-Mbignum=bpi', '-wle', 'print bpi(2000)'], { image: 'perl:5.34.0' });
    expect(stdout).toMatch(/^3\.14159265358979323846264338327950288419716939937510/);
    expect(stdout).toHaveLength(2002);
    expect(exitCode).toBe(0);
  });

  it('run small scripts of Python', () => {
    const script =
      'import os, sys\nindex = int(os.environ.get("INDEX"))\nif index == 0:\n  sys.exit(1)\nelif index == 1:\n  print(f"one {index}")\n  sys.exit(42)\nelse:\n  sys.exit(0)\n';
    const code = (INDEX: string) => run(['python3', '-c', script], { image: 'python', environment: { INDEX } });
    expect([code('0').exitCode, code('1').exitCode, code('2').exitCode, code('1').stdout]).toEqual([1, 42, 0, 'one 1\n']);
    const loop = 'import time\nn = 0\nwhile n < 3:\n  n += 1\n  if n == 2:\n    print("two")\n  time.sleep(1)\nprint("done", n)';
    expect(run(['python3', '-c', loop], { image: 'python' })).toMatchObject({ stdout: 'two\ndone 3\n', exitCode: 0, atMs: 3000 });
  });

  it.each([
    ['chooses', 'import os, sys; sys.exit(0 if os.environ["HOME"] == "/root" else 3)', '', 0],
    [
      'keeps lists and records',
      "ages = {\n  'newt': 3,  # don't count\n  'toad': 5,\n}\nprint(ages['newt'], [1, 'a'], len(ages))",
      "3 [1, 'a'] 2\n",
      0,
    ],
    [
      'goes through what there is',
      'for i in range(3):\n  if i == 1: continue\n  for c in "ab":\n    print(i, c, end=";")\n  if i == 2: break\nprint()',
      '0 a;0 b;2 a;2 b;\n',
      0,
    ],
    ['goes through pairs', 'for k, v in {"a": 1}.items(): print(f"{k}={v}")', 'a=1\n', 0],
    ['tells whole numbers from others', 'x = 7\nx //= 2\nprint(x, 7 / 2, 4 / 2, 2 ** 10, -7 % 3, float("1"))', '3 3.5 2.0 1024 2 1.0\n', 0],
    ['asks texts', 'w = "a,b".split(",")\nprint("-".join(w).upper(), "a" in w, w[-1], "x" * 3)', 'A-B True b xxx\n', 0],
    ['ends at a mistake', 'print("x")\nprint(nothing)', 'x\n', 1],
    ['says what cannot be', 'print(int("seven"))', '', 1],
  ])('a script of Python %s', (_what, script, stdout, exitCode) => {
    expect(run(['python3', '-c', script], { image: 'python', environment: { HOME: '/root' } })).toMatchObject({ stdout, exitCode });
  });

  it('want a password where databases do', () => {
    expect(run('', { image: 'mysql:9', command: undefined }).exitCode).toBe(1);
    const { sandbox } = podOf([{ image: 'mysql:9', environment: { MYSQL_ROOT_PASSWORD: 'x' } }]);
    expect(logText(sandbox, 'stderr')).toContain('ready for connections');
  });

  it('keep what databases are told, and say whether they are there', () => {
    const { sandbox, world } = podOf([
      { image: 'redis', command: ['sh', '-c', 'redis-server --maxmemory 2mb & wait'] },
      { name: 'pg', image: 'postgres', environment: { POSTGRES_PASSWORD: 'x' } },
    ]);
    const redis = (...words: string[]) => exec(sandbox, world, ['redis-cli', ...words]).output;
    expect([redis('rpush', 'work', 'a', 'b'), redis('lrange', 'work', '0', '-1'), redis('get', 'work')]).toEqual([
      '2\n',
      'a\nb\n',
      'WRONGTYPE Operation against a key holding the wrong kind of value\n',
    ]);
    expect(exec(sandbox, world, ['redis-cli'], 'config get maxmemory\nincr n\nincr n\n').output).toBe('maxmemory\n2097152\n1\n2\n');
    const psql = execInBox(sandbox, 'pg', ['psql', '-U', 'postgres', '-c', 'SELECT 1'], {}, world);
    runUntil(sandbox, world, world.nowMs + 10);
    expect(psql).toMatchObject({ exitCode: 0, output: [{ text: ' ?column? \n----------\n        1\n(1 row)\n\n' }] });
  });

  it('hand each message of a queue to one who asks', () => {
    const tools = 'apt-get install -y amqp-tools >/dev/null; sleep 4; amqp-declare-queue -q job';
    const script = `${tools}; for f in a b; do amqp-publish -r job -b $f; done; amqp-consume -q job -c 2 sh -c 'cat; echo'`;
    const { sandbox } = podOf([
      { name: 'broker', image: 'rabbitmq' },
      { image: 'ubuntu', command: ['bash', '-c', script] },
    ]);
    expect(logText(sandbox, 'stdout')).toBe('job\na\nb\n');
  });

  it('install what is known of packages', () => {
    const { stdout, exitCode } = run(
      'apt-get update >/dev/null && apt-get install -y curl >/dev/null && command -v curl; curl -s localhost; echo $?',
      { image: 'debian' },
    );
    expect([stdout, exitCode]).toEqual(['/usr/bin/curl\n7\n', 0]);
  });
});
