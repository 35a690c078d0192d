import { describe, expect, it } from 'vitest';
import { startBox } from '../runtime.ts';
import { newSandbox } from '../sandbox.ts';
import { logText, runUntil, testBox, testWorld } from '../testRun.ts';
import { argvOf } from './index.ts';

/** What came of a container's beginning. */
function begun(image: string, command: readonly string[] | undefined, args: readonly string[] | undefined) {
  const sandbox = newSandbox('web', '10.0.0.5');
  const world = testWorld();
  const error = startBox(sandbox, testBox({ image, ...(command ? { command } : {}), ...(args ? { args } : {}) }), world);
  const [first] = sandbox.processes;
  const began = first && {
    argv: first.argv,
    environment: { ...first.environment },
    program: 'program' in first.body && first.body.program,
  };
  const happenings = runUntil(sandbox, world, 10_000);
  const processes = sandbox.processes.map(({ id, pid, argv, environment, memoryBytes }) => ({ id, pid, argv, environment, memoryBytes }));
  const { exitCode } = sandbox.boxes['app'] ?? {};
  return { error, began, happenings, processes, exitCode, stdout: logText(sandbox, 'stdout'), stderr: logText(sandbox, 'stderr') };
}

const NGINX = '/docker-entrypoint.sh';
const DATABASE = '/usr/local/bin/docker-entrypoint.sh';

// The same script, given to a shell by name.
describe('the script that an image begins with', () => {
  it.each<[image: string, script: string, args: readonly string[] | undefined]>([
    ['nginx', NGINX, undefined],
    ['nginx:1.27', NGINX, ['nginx', '-t']],
    ['nginx', NGINX, ['env']],
    ['redis', DATABASE, undefined],
    ['redis', DATABASE, ['--port', '6380']],
    ['postgres', DATABASE, ['sh', '-c', 'env; exit 3']],
    ['mysql', DATABASE, ['mysqld']],
  ])('%s %s %j', (image, script, args) => {
    const known = begun(image, undefined, args);
    const [, ...words] = argvOf(image, undefined, args);
    const run = begun(image, ['/bin/sh', script, ...words], undefined);
    expect(known.began?.program).toBe('entrypoint');
    expect(run.began?.program).toBe(false);
    expect({ ...known, began: { ...known.began, program: '' } }).toEqual({ ...run, began: { ...run.began, program: '' } });
  });

  it('is left to a shell where there is nothing to become', () => {
    const { began, exitCode, stderr } = begun('redis', undefined, ['nosuch']);
    expect(began?.program).toBe(false);
    expect({ exitCode, stderr }).toEqual({ exitCode: 127, stderr: `${DATABASE}: 3: exec: nosuch: not found\n` });
  });
});
