// A running script is plain data between any two of its steps: forgetting everything else changes nothing.
// @module-tag long

import { describe, expect, it } from 'vitest';
import fc from '../../../base/fastCheck.ts';
import { bodies } from './bodies.ts';
import { Kernel } from './kernel.ts';
import type { Sandbox } from './process.ts';
import { startBox } from './runtime.ts';
import { newSandbox } from './sandbox.ts';
import { logText, testBox, testWorld } from './testRun.ts';

const STEPS_UNTIL_MS = 60_000;

/** Runs a script; after each step all processes and pipes are replaced by what JSON keeps of them. */
function runForgetting(script: string, isForgetting: boolean) {
  const sandbox = newSandbox('pod', '10.0.0.5');
  const world = testWorld();
  startBox(sandbox, testBox({ command: ['sh', '-c', script] }), world);
  let steps = 0;
  const forgetful = {
    ...bodies,
    step(kernel: Kernel, process: Sandbox['processes'][number]) {
      bodies.step(kernel, process);
      steps++;
      if (isForgetting) forget(sandbox);
    },
  };
  for (let next: number | undefined = 0; next !== undefined && next < STEPS_UNTIL_MS; ) {
    world.nowMs = next;
    const kernel = new Kernel(sandbox, world, forgetful);
    kernel.run();
    next = kernel.nextWakeMs();
  }
  const { exitCode } = sandbox.boxes['app'] ?? {};
  return { stdout: logText(sandbox, 'stdout'), stderr: logText(sandbox, 'stderr'), exitCode, atMs: world.nowMs, steps };
}

function forget(sandbox: Sandbox): void {
  for (const process of sandbox.processes) Object.assign(process, JSON.parse(JSON.stringify(process)));
  for (const pipe of Object.values(sandbox.pipes)) Object.assign(pipe, structuredClone(pipe));
}

const word = fc.constantFrom('a', '"$x"', '$x', '$(echo in)', '"$@"', '${x:-none}', '$((n + 1))', '$?', '*', "'q q'");

/** Scripts that end: loops count, and functions do not call themselves. */
const { script } = fc.letrec<{ script: string; command: string }>((tie) => ({
  command: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.array(word, { maxLength: 3 }).map((words) => `echo ${words.join(' ')}`),
    fc.constantFrom(
      'true',
      'false',
      'n=$((n+1))',
      'x=$(date +%s)',
      'sleep 0.5',
      'set -- p q',
      'trap "echo bye" EXIT',
      'nosuch',
      'sleep 1 & wait',
    ),
    fc.tuple(tie('command'), fc.constantFrom('&&', '||', '|', ';'), tie('command')).map(([a, sign, b]) => `{ ${a}; } ${sign} { ${b}; }`),
    tie('command').map((body) => `( ${body} )`),
    tie('command').map((body) => `for i in 1 2; do ${body}; done`),
    tie('command').map((body) => `k=0; while [ $k -lt 2 ]; do k=$((k+1)); ${body}; done`),
    tie('command').map((body) => `f() { local x=local; ${body}; return 3; }; f one two`),
    tie('command').map((body) => `case $x in [a-m]*) ${body};; *) echo other;; esac`),
    tie('command').map((body) => `if ${body}; then echo yes; else echo no; fi`),
    tie('command').map((body) => `echo "$(${body})" | cat | while read -r line; do echo "<$line>"; done`),
    tie('command').map((body) => `eval '${body.replaceAll("'", '"')}'`),
    tie('command').map((body) => `{ ${body}; } 2>&1 | sed 's/a/A/' | head -3`),
  ),
  script: fc.array(tie('command'), { minLength: 1, maxLength: 4 }).map((commands) => `x=apple; n=1\n${commands.join('\n')}`),
}));

describe('a saved script', () => {
  it('goes on from any of its steps as if it had never been saved', () => {
    fc.assert(
      fc.property(script, (text) => {
        expect(runForgetting(text, true)).toEqual(runForgetting(text, false));
      }),
      { numRuns: 60, seed: 4 },
    );
  });
});
