import { describe, expect, it } from 'vitest';
import { folderEntry } from './disk.ts';
import {
  advance,
  closeSession,
  execInBox,
  knock,
  nextWakeMs,
  portsOf,
  processList,
  removeBox,
  resizeBox,
  serve,
  signalBox,
  startBox,
  stopSignalOf,
  takeOutput,
  usageOf,
  writeInput,
} from './runtime.ts';
import { copySandbox, newSandbox } from './sandbox.ts';
import { exec, logText, runUntil, testBox, testWorld } from './testRun.ts';

function started(script: string, given = {}) {
  const sandbox = newSandbox('pod', '10.0.0.5');
  const world = testWorld();
  expect(startBox(sandbox, testBox({ command: ['sh', '-c', script], ...given }), world)).toBeUndefined();
  runUntil(sandbox, world, 0);
  return { sandbox, world };
}

describe('a user of its own', () => {
  const fsGroup = new Map([['', { ...folderEntry(0, 0o2777), gid: 2000 }]]);
  const ended = (script: string) => {
    const sandbox = newSandbox('pod', '10.0.0.5');
    sandbox.volumes['data'] = new Map(fsGroup);
    const mounts = [{ path: '/data', disk: 'data', folder: '', isReadOnly: false }];
    const world = testWorld();
    startBox(sandbox, testBox({ command: ['sh', '-c', script], user: 1000, group: 3000, groups: [2000], mounts }), world);
    runUntil(sandbox, world, 10_000);
    return `${logText(sandbox, 'stdout')}${logText(sandbox, 'stderr')}`;
  };

  it('owns what it makes, in the group of the folder, and may not write what is not its own', () => {
    expect(ended('id; ls -ld /data; mkdir /data/demo; echo hello > /data/demo/f; ls -l /data/demo; ls -ld /data/demo')).toBe(
      'uid=1000 gid=3000 groups=2000,3000\n' +
        'drwxrwsrwx    2 root     2000          4096 Jan  1 00:00 /data\n' +
        'total 4\n-rw-r--r--    1 1000     2000             6 Jan  1 00:00 f\n' +
        'drwxr-sr-x    2 1000     2000          4096 Jan  1 00:00 /data/demo\n',
    );
    expect(ended('touch /x; echo a > /etc/passwd; touch /tmp/mine && ps | tail -n 1 | cut -c7-10')).toBe(
      "1000\ntouch: /x: Permission denied\nsh: line 0: can't create /etc/passwd: Permission denied\n",
    );
  });
});

describe('startBox', () => {
  it('prints before it sleeps, and the shell becomes its last command', () => {
    const { sandbox, world } = started('echo Hello Kubernetes! && sleep 3600');
    expect(logText(sandbox, 'stdout')).toBe('Hello Kubernetes!\n');
    expect(processList(sandbox, 'app')).toEqual([{ pid: 1, title: 'sleep 3600' }]);
    expect(nextWakeMs(sandbox, world)).toBe(3_600_000);
    world.nowMs = 3_600_000;
    expect(advance(sandbox, world)).toContainEqual({ type: 'exit', box: 'app', exitCode: 0, reason: 'Completed' });
  });

  it.each([
    [['/no/such/program'], 'exec: "/no/such/program": stat /no/such/program: no such file or directory'],
    [['nosuchprogram'], 'exec: "nosuchprogram": executable file not found in $PATH'],
    [['/etc'], 'exec: "/etc": is a directory'],
    [['/etc/passwd'], 'exec: "/etc/passwd": permission denied'],
  ])('cannot start %j, in runc’s words', (command, message) => {
    expect(startBox(newSandbox('pod', '10.0.0.5'), testBox({ command }), testWorld())).toEqual({ message });
  });

  it('makes the working folder', () => {
    const { sandbox } = started('pwd', { workingDir: '/no/such/dir' });
    expect(logText(sandbox, 'stdout')).toBe('/no/such/dir\n');
  });
});

describe('signalBox', () => {
  it('does not reach a first process that has no trap for it', () => {
    const { sandbox, world } = started('sleep 3600');
    expect(signalBox(sandbox, 'app', 'TERM', world)).toEqual([]);
    expect(signalBox(sandbox, 'app', 'KILL', world)).toEqual([{ type: 'exit', box: 'app', exitCode: 137, reason: 'Error' }]);
  });

  it('ends a first process of a shared namespace', () => {
    const { sandbox, world } = started('sleep 3600', { isProcessNamespaceShared: true });
    expect(signalBox(sandbox, 'app', 'TERM', world)).toContainEqual({ type: 'exit', box: 'app', exitCode: 143, reason: 'Error' });
  });

  it('runs a trap when the command in the foreground has ended', () => {
    const { sandbox, world } = started("trap 'echo got TERM; exit 3' TERM; while true; do sleep 1; done");
    runUntil(sandbox, world, 2500);
    world.nowMs = 2500;
    signalBox(sandbox, 'app', 'TERM', world);
    const happenings = runUntil(sandbox, world, 60_000);
    expect(world.nowMs).toBe(3000);
    expect(logText(sandbox, 'stdout')).toBe('got TERM\n');
    expect(happenings).toContainEqual({ type: 'exit', box: 'app', exitCode: 3, reason: 'Error' });
  });

  it('runs a trap at once in the middle of wait', () => {
    const { sandbox, world } = started("trap 'echo bye; exit 0' TERM; sleep 3600 & wait");
    world.nowMs = 1500;
    signalBox(sandbox, 'app', 'TERM', world);
    expect(runUntil(sandbox, world, 1500)).toContainEqual({ type: 'exit', box: 'app', exitCode: 0, reason: 'Completed' });
    expect(world.nowMs).toBe(1500);
  });
});

describe('stopSignalOf', () => {
  it('is what the image says', () => {
    expect([stopSignalOf('nginx:1.27'), stopSignalOf('docker.io/library/httpd'), stopSignalOf('busybox')]).toEqual([
      'QUIT',
      'WINCH',
      'TERM',
    ]);
  });
});

describe('execInBox', () => {
  it('runs beside the container and leaves its log alone', () => {
    const { sandbox, world } = started('sleep 3600');
    expect(exec(sandbox, world, ['sh', '-c', 'echo out; echo err >&2; exit 5'])).toEqual({ output: 'out\nerr\n', exitCode: 5 });
    expect(logText(sandbox, 'stdout')).toBe('');
  });

  it('says what cannot be run, in runc’s words', () => {
    const { sandbox, world } = started('sleep 3600');
    expect(exec(sandbox, world, ['nosuch']).output).toBe('exec: "nosuch": executable file not found in $PATH');
  });

  it('keeps a shell whose input comes later', () => {
    const { sandbox, world } = started('sleep 3600');
    const session = execInBox(sandbox, 'app', ['sh'], { isInputOpen: true }, world);
    if ('message' in session) throw new Error(session.message);
    for (const [line, printed] of [
      ['x=1\n', ''],
      ['if true; then\n', ''],
      ['echo $x; fi\n', '1\n'],
    ] as const) {
      writeInput(sandbox, session.id, line);
      advance(sandbox, world);
      expect(takeOutput(sandbox, session.id).map(({ text }) => text)).toEqual(printed === '' ? [] : [printed]);
    }
    writeInput(sandbox, session.id, 'exit 3\n', true);
    expect(advance(sandbox, world)).toContainEqual({ type: 'session', id: session.id, exitCode: 3 });
    closeSession(sandbox, session.id, world);
    expect(sandbox.sessions).toEqual({});
  });
});

describe('a shell at a terminal', () => {
  it('prompts, and goes on after a mistake', () => {
    const { sandbox, world } = started('sleep 3600');
    const session = execInBox(sandbox, 'app', ['sh'], { isInputOpen: true, isTerminal: true }, world);
    if ('message' in session) throw new Error(session.message);
    const said = (line: string) => {
      writeInput(sandbox, session.id, line);
      advance(sandbox, world);
      return takeOutput(sandbox, session.id)
        .map(({ text }) => text)
        .join('');
    };
    expect(said('')).toBe('/ # ');
    expect(said('cd /tmp\n')).toBe('/tmp # ');
    expect(said('for i in 1 2; do\n')).toBe('> ');
    expect(said('echo $i; done\n')).toBe('1\n2\n/tmp # ');
    expect(said('nosuch\n')).toBe('sh: nosuch: not found\n/tmp # ');
    expect(said('echo )\n')).toBe('sh: syntax error: unexpected ")"\n/tmp # ');
  });
});

describe('advance', () => {
  it('lets time pass for a loop that never sleeps', () => {
    const { sandbox, world } = started('while true; do :; done');
    expect(nextWakeMs(sandbox, world)).toBeGreaterThan(0);
    expect(usageOf(sandbox, 'app', world).cpuMilli).toBe(1000);
    resizeBox(sandbox, 'app', { cpuLimitMilli: 300 });
    expect(usageOf(sandbox, 'app', world).cpuMilli).toBe(300);
  });

  it('goes on from a copy as from the original', () => {
    const { sandbox, world } = started('i=0; while [ $i -lt 5 ]; do i=$((i+1)); echo $i; sleep 1; done');
    runUntil(sandbox, world, 2000);
    const copy = copySandbox(sandbox);
    runUntil(sandbox, world, 10_000);
    runUntil(copy, testWorld({ nowMs: 2000 }), 10_000);
    expect(copy.logs).toEqual(sandbox.logs);
  });
});

describe('the network', () => {
  it('answers from a server and counts the request', () => {
    const sandbox = newSandbox('pod', '10.0.0.5');
    const world = testWorld();
    startBox(sandbox, testBox({ image: 'nginx:1.27' }), world);
    runUntil(sandbox, world, 0);
    expect(portsOf(sandbox, 'app')).toEqual([80]);
    const request = { method: 'GET', host: 'pod', path: '/nope', headers: {}, body: '', from: '10.0.0.9' };
    const { answer, happenings } = serve(sandbox, 80, request, world);
    expect(answer).toMatchObject({ status: 404 });
    expect(happenings).toContainEqual({ type: 'request', box: 'app', port: 80, from: '10.0.0.9', path: '/nope', status: 404 });
    expect(logText(sandbox, 'stdout')).toContain('10.0.0.9 - - [01/Jan/2026:00:00:00 +0000] "GET /nope HTTP/1.1" 404');
  });

  it('gives a port to one server only', () => {
    const sandbox = newSandbox('pod', '10.0.0.5');
    const world = testWorld();
    for (const name of ['web1', 'web2']) startBox(sandbox, testBox({ name, image: 'local/httpd:1' }), world);
    const happenings = runUntil(sandbox, world, 10_000);
    expect(happenings).toContainEqual({ type: 'exit', box: 'web2', exitCode: 1, reason: 'Error' });
    expect(logText(sandbox, 'stderr', 'web2')).toBe('httpd: bind: Address already in use\n');
  });

  it('refuses where nothing listens', () => {
    const { sandbox, world } = started('sleep 3600');
    const request = { method: 'GET', host: 'pod', path: '/', headers: {}, body: '', from: '10.0.0.9' };
    expect(knock(sandbox, 80, world)).toBe(false);
    expect(portsOf(sandbox, 'app')).toEqual([]);
    expect(serve(sandbox, 80, request, world).answer).toBe('refused');
  });
});

describe('removeBox', () => {
  it('forgets the container and keeps its log', () => {
    const { sandbox } = started('echo hi; sleep 3600');
    removeBox(sandbox, 'app');
    expect(sandbox.processes).toEqual([]);
    expect(logText(sandbox, 'stdout')).toBe('hi\n');
  });
});
