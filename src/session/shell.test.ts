import { describe, expect, it } from 'vitest';
import type { Pod } from '../kube/kinds/pod.ts';
import { END_OF_INPUT } from '../kubectl/command.ts';
import { AT_THE_PROMPT } from '../kubectl/verbs/attach.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { readWorld, writeWorldNow } from './worldLink.ts';

function opened() {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  const pod = session.store.getState().selection[0]?.split('/')[2] ?? '';
  session.run(`kubectl exec -it ${pod} -c web -- sh`);
  return session;
}

const entryOf = (session: ReturnType<typeof opened>) => session.store.getState().terminal.at(-1);
const printed = (session: ReturnType<typeof opened>) =>
  entryOf(session)
    ?.output.map(({ text }) => text)
    .join('');

describe('an interactive shell in a container', () => {
  it('takes what is typed, keeps its place, and gives the terminal back when it ends', () => {
    const session = opened();
    expect(session.store.getState().reader).toBe(entryOf(session)?.id);
    // The slip names the line: its prompt, which is all that was printed, says nothing.
    expect(session.store.getState().notice?.text).toBe(entryOf(session)?.line);
    session.type('cd /usr/share/nginx\n');
    session.type('ls html\n');
    session.type('pwd\n');
    expect(printed(session)).toBe('# cd /usr/share/nginx\n# ls html\nindex.html\nstyle.css\n# pwd\n/usr/share/nginx\n# ');
    session.type('exit 3\n');
    expect(entryOf(session)?.exitCode).toBe(3);
    expect(session.store.getState().reader).toBeUndefined();
  });

  it('goes on after Ctrl C, which ends what it runs; a script hears it, and a second one leaves what does not', () => {
    const session = opened();
    session.type('sleep 1000 &\n');
    session.type('sleep 500\n');
    session.interrupt();
    session.type('sh -c \'trap "echo heard; exit 4" INT; while true; do sleep 1; done\'\n');
    session.interrupt();
    session.reach(session.cluster.nowMs + 2000);
    session.type('echo $?; kill -0 $! && echo alive\n');
    expect(printed(session)).toMatch(/# sleep 500\n\^C\n+# sh -c .*\n\^C\nheard\n# .*\n4\nalive\n# $/);
    session.type('exit\n');
    const [, pod] = (session.store.getState().selection[0] ?? '').split('/').slice(1);
    session.run(`kubectl exec -it ${pod} -c web -- sh -c 'trap "" INT; sleep 1000'`);
    session.interrupt();
    expect(entryOf(session)?.exitCode).toBeUndefined();
    session.interrupt();
    expect(entryOf(session)?.exitCode).toBe(130);
  });

  it('ends where its input ends', () => {
    const session = opened();
    session.type(END_OF_INPUT);
    expect(entryOf(session)?.exitCode).toBe(0);
  });

  it('is part of what a link holds', async () => {
    const session = opened();
    session.type('echo by hand > /tmp/note; cat /tmp/note\n');
    const again = createSession({ engine, ...(await readWorld(writeWorldNow(session, 'test').hash, ['en'])) });
    expect(printed(again)).toBe(printed(session));
    expect(again.cluster.changes).toEqual(session.cluster.changes);
  });

  it('may be the first process of a pod that is made for it and goes with it', () => {
    const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
    session.run('kubectl run -it tools --image=busybox:1.36 --restart=Never --rm -- sh');
    session.reach(36_000);
    session.type('hostname\n');
    session.type('exit 2\n');
    session.reach(45_000);
    expect(printed(session)).toBe(
      `${AT_THE_PROMPT}\n` +
        '/ # hostname\ntools\n/ # exit 2\n' +
        'pod default/tools terminated (Error)\npod "tools" deleted from default namespace\n',
    );
    expect(entryOf(session)?.exitCode).toBe(2);
    expect(session.cluster.snapshot().get('Pod', 'Pod/default/tools')).toBeUndefined();
  });
});

it('is the first process of a container that is added to look into a pod, and ends with it', () => {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  const key = session.store.getState().selection[0] ?? '';
  session.run(`kubectl debug -it ${key.split('/')[2]} --image=busybox:1.36 -c looker`);
  session.reach(33_000);
  session.type('echo $$\n');
  expect(printed(session)).toMatch(/\/ # echo \$\$\n1\n\/ # $/);
  session.type('exit 4\n');
  session.reach(36_000);
  const pod = session.cluster.snapshot().get('Pod', key) as Pod;
  expect(pod.status.ephemeralContainerStatuses?.[0]?.state.terminated).toMatchObject({ exitCode: 4, reason: 'Error' });
  // What has ended before anybody could look is told by its log.
  session.run(`kubectl debug ${key.split('/')[2]} --image=busybox:1.36 --attach -- echo seen`);
  session.reach(40_000);
  expect(printed(session)).toContain('seen\n');
});

it('copies files and folders of the terminal into a container, into a folder that is there or under another name', () => {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  const pod = session.store.getState().selection[0]?.split('/')[2] ?? '';
  const run = (line: string): string => {
    session.run(line);
    session.reach(session.cluster.nowMs + 500);
    return printed(session) ?? '';
  };
  run('mkdir -p site/in; echo one > site/a; echo two > site/in/b; echo note > note; chmod 755 site/a');
  for (const line of ['cp note POD:/tmp -c web', 'cp site POD:/tmp/ -c web', 'cp site POD:/tmp/other -c web', 'cp note POD:/tmp/n -c web'])
    expect(run(`kubectl ${line.replace('POD', pod)}`)).toBe('');
  expect(run(`kubectl exec ${pod} -c web -- sh -c 'cd /tmp; cat note n site/a other/in/b; ls -l site/a | cut -c 1-10'`)).toBe(
    'note\nnote\none\ntwo\n-rwxr-xr-x\n',
  );
  expect(run(`kubectl cp note ${pod}:/none/at/all -c web`)).toContain('tar: /none/at: Cannot open: No such file or directory');
});

it('looks at a machine from a pod on it', () => {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  session.run(
    'kubectl debug node/node-b --image=busybox:1.36 --attach -- sh -c "cat /host/etc/hostname; ls -d /host/v*; echo hi > /host/srv/note"',
  );
  session.reach(36_000);
  expect(printed(session)).toContain('\nnode-b\n/host/var\n');
  session.run('kubectl debug node/node-b --image=busybox:1.36 --attach -- cat /host/srv/note');
  session.reach(42_000);
  expect(printed(session)).toContain('\nhi\n');
});

it('copies a folder of a container, each file under its name', () => {
  const session = createSession({ engine, scenario: 'two-containers', atMs: 30_000 });
  const pod = session.store.getState().selection[0]?.split('/')[2] ?? '';
  session.run(`kubectl exec ${pod} -c web -- sh -c 'mkdir -p /tmp/t/in; echo one > /tmp/t/a; echo two > /tmp/t/in/b'`);
  session.run(`kubectl cp ${pod}:/tmp/t mine -c web`);
  expect(printed(session)).toBe("tar: Removing leading `/' from member names\nmine/a\nmine/in/b\n");
  session.run('cat mine/a mine/in/b');
  expect(printed(session)).toBe('one\ntwo\n');
  session.run(`kubectl cp ${pod}:/tmp/none mine -c web`);
  expect(printed(session)).toBe('error: tar: /tmp/none: Cannot stat: No such file or directory\n');
});
