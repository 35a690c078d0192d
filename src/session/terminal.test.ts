// Lines of the terminal that are more than one kubectl command.
import { describe, expect, it } from 'vitest';
import { END_OF_INPUT } from '../kubectl/command.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { readWorld, writeWorldNow } from './worldLink.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: {name: page}
spec: {containers: [{name: page, image: nginx}]}
`;

function terminal() {
  const session = createSession({ engine, scenario: 'cookie-cutter', atMs: 60_000 });
  const last = () => session.store.getState().terminal.findLast(({ comment }) => !comment);
  const printed = () =>
    last()
      ?.output.map(({ text }) => text)
      .join('');
  /** What a line prints, and its exit code where that is not 0. */
  const run = (line: string) => {
    session.runTyped(line);
    return `${printed()}${last()?.exitCode === 0 ? '' : `[${last()?.exitCode}]`}`;
  };
  const named = (table: string) =>
    session.cluster
      .snapshot()
      .list(table)
      .map(({ metadata }) => metadata.name);
  return { session, run, printed, last, named };
}

describe('a line of the terminal', () => {
  it('may be a pipe, or several commands, with variables that later lines know', () => {
    const { run } = terminal();
    expect(run('kubectl get pods --no-headers | wc -l')).toBe('3\n');
    expect(run('FIRST=$(kubectl get pods -o name | head -n 1); echo "${FIRST%%-*}"')).toBe('pod/web\n');
    expect(run('kubectl get "$FIRST" -o jsonpath={.status.phase} && echo " as told"')).toBe('Running as told\n');
    expect(run('for each in 1 2; do echo "$each"; done >> notes; cat notes | sort -r')).toBe('2\n1\n');
    expect(run('cd /tmp; show() { kubectl get "$1" | head -n 1; }')).toBe('');
    expect(run('pwd; show rs')).toMatch(/^\/tmp\nNAME +DESIRED/);
  });

  it('says what a shell says', () => {
    const { run } = terminal();
    expect(run('frobnicate --all')).toBe('bash: frobnicate: command not found\n[127]');
    expect(run('kubectl get pods | nosuch')).toBe('bash: nosuch: command not found\n[127]');
    expect(run('kubectl get nothing > /dev/null; echo $?')).toBe('error: the server doesn\'t have a resource type "nothing"\n1\n');
    expect(run('echo $(( 1 +')).toContain('');
  });

  it('writes files that kubectl reads', () => {
    const { run, named } = terminal();
    run(`cat > page.yaml <<END\n${POD}END`);
    expect(run('kubectl apply -f page.yaml')).toBe('pod/page created\n');
    expect(named('Pod')).toContain('page');
    expect(run('echo blue > colour; kubectl create configmap paint --from-file=colour --from-file=again=colour')).toBe(
      'configmap/paint created\n',
    );
    expect(run("kubectl get configmap paint -o jsonpath='{.data}'")).toBe('{"again":"blue\\n","colour":"blue\\n"}');
    expect(run('kubectl apply -f none.yaml')).toMatch(/^error: the path "none.yaml" does not exist\n\[1\]$/);
    expect(run('kubectl delete -f page.yaml --wait=false')).toBe('pod "page" deleted from default namespace\n');
  });

  it('goes back to a folder that an earlier line has left', () => {
    const { run } = terminal();
    run('mkdir -p here/there; pushd here/there');
    expect(run('popd; pwd')).toBe('~\n/root\n');
  });

  it('carries files to containers and back', () => {
    const { session, run, named, last } = terminal();
    const [pod] = named('Pod');
    run(`echo by hand > note; kubectl cp note ${pod}:/tmp/note`);
    expect(last()?.exitCode).toBe(0);
    run(`kubectl cp ${pod}:/tmp/note back`);
    session.reach(session.cluster.nowMs + 1000);
    expect(run('cat back')).toBe('by hand\n');
  });

  it('is taken back as one, and done again by a link without its files and variables', async () => {
    const { session, run, named } = terminal();
    run('for n in a b; do kubectl create configmap "$n" --from-literal=k="it\'s $n"; done');
    run(`cat > page.yaml <<END\n${POD}END\nkubectl create -f page.yaml`);
    const again = createSession({ engine, ...(await readWorld(writeWorldNow(session, 'test').hash, ['en'])) });
    expect(again.cluster.changes).toEqual(session.cluster.changes);
    session.undo();
    expect(named('Pod')).not.toContain('page');
    expect(named('ConfigMap')).toEqual(expect.arrayContaining(['a', 'b']));
    session.undo();
    expect(named('ConfigMap')).not.toContain('b');
  });

  it('takes what is typed while it reads, until that ends', () => {
    const { session, run, last, printed } = terminal();
    run('cat > list');
    expect(session.store.getState().reader).toBe(last()?.id);
    session.type('first\n');
    session.type(END_OF_INPUT);
    expect(last()?.exitCode).toBe(0);
    expect(run('cat list; read word; echo "<$word>"')).toContain('first\n');
    session.type('typed\n');
    expect(printed()).toContain('<typed>\n');
  });

  it('goes on when what is loaded on demand has come', async () => {
    const { run, last, printed } = terminal();
    run('kubectl explain pod.spec | head -n 1');
    await expect.poll(() => last()?.exitCode).toBe(0);
    expect(printed()).toBe('KIND:       Pod\n');
  });

  it('waits for the world, and is ended by Ctrl C without what it left', () => {
    const { session, run, last, printed } = terminal();
    run('x=1; while true; do x=$((x + 1)); sleep 10; done');
    session.reach(session.cluster.nowMs + 25_000);
    expect(last()?.exitCode).toBeUndefined();
    session.interrupt();
    expect(last()?.exitCode).toBe(130);
    expect(run('echo $x')).toBe('4\n');
    run('kubectl get pods -w | grep --line-buffered -c Running');
    session.interrupt();
    expect([last()?.exitCode, printed()]).toEqual([130, '']);
  });

  it('reads the past where the playhead stands, and asks before it writes there', () => {
    const { session, run, named } = terminal();
    session.seek(1000);
    expect(run('kubectl get pods 2>&1 | head -n 1')).toMatch(/^(NAME|No resources)/);
    run('echo x | kubectl create configmap late --from-file=k=/dev/stdin');
    run('kubectl create configmap late --from-literal=k=v; echo done');
    expect(session.store.getState().pendingFork).toBeDefined();
    expect(named('ConfigMap')).not.toContain('late');
    session.confirmFork(false);
    // What waits in the past does not stop the present.
    run('sleep 5; echo slept');
    run('kubectl wait --for=delete pod --all --timeout=5s');
    session.reach(90_000);
    expect(session.cluster.nowMs).toBe(90_000);
  });
});
