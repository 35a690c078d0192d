// npm run bench:gate [-- --accept]: counts the instructions that one pod costs and compares them with baseline.json.
// Instructions repeat to a thousandth of a percent whatever the machine is doing, so +1 % is a real change. Needs valgrind.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const baselineFile = join(here, 'baseline.json');
const NODES = 100;
const [SMALL, LARGE] = [500, 1500];
const LIMIT = 1.01;

if (spawnSync('valgrind', ['--version']).status !== 0) {
  console.log('The gate needs valgrind to count instructions; it is not installed, so nothing was checked.');
  process.exit(0);
}

function instructions(program, pods) {
  const { stderr, stdout, status } = spawnSync(
    'valgrind',
    [
      '--tool=cachegrind',
      '--cache-sim=no',
      `--cachegrind-out-file=${join(tmpdir(), 'cachegrind.out')}`,
      '--smc-check=all-non-file',
      process.execPath,
      '--single-threaded',
      '--predictable',
      '--hash-seed=1',
      '--random-seed=1',
      join(here, program),
      String(NODES),
      String(pods),
    ],
    { encoding: 'utf8' },
  );
  const refs = /I\s+refs:\s+([\d,]+)/.exec(stderr)?.[1];
  if (status !== 0 || !refs) throw new Error(`${program} did not run under valgrind:\n${stderr.slice(-2000)}`);
  const { changes, steps } = JSON.parse(stdout.trim().split('\n').at(-1));
  return { count: Number(refs.replaceAll(',', '')), changes, steps };
}

function perPod(program) {
  const [small, large] = [instructions(program, SMALL), instructions(program, LARGE)];
  return { instructions: Math.round((large.count - small.count) / (LARGE - SMALL)), changes: large.changes, steps: large.steps };
}

const ours = perPod('cases/rollout.mjs');
const floor = perPod('floor/objects.mjs');
const baselines = JSON.parse(readFileSync(baselineFile, 'utf8'));
const baseline = baselines[process.version];
console.log(
  `${ours.instructions} instructions a pod, ${(ours.instructions / floor.instructions).toFixed(2)}x the objects floor; ${ours.changes} changes, ${ours.steps} timers at ${LARGE} pods`,
);
if (process.argv.includes('--accept') || !baseline) {
  baselines[process.version] = ours;
  writeFileSync(baselineFile, `${JSON.stringify(baselines, null, 2)}\n`);
  console.log(`Kept as the baseline of Node ${process.version}.`);
} else {
  const growth = ours.instructions / baseline.instructions;
  const isSame = ours.changes === baseline.changes && ours.steps === baseline.steps;
  console.log(
    `${((growth - 1) * 100).toFixed(2)} % against the baseline${isSame ? '' : `; counters moved from ${baseline.changes} changes and ${baseline.steps} timers`}`,
  );
  if (growth > LIMIT) {
    console.error('A pod costs over 1 % more than the baseline. Mend it, or accept it with a word why: npm run bench:gate -- --accept');
    process.exitCode = 1;
  }
}
