// npm run bench [-- --rounds N] [-- --only E1,E6]: measures the engine beside the floor programs and prints the goals table.
// Every sample is a fresh process; programs are interleaved A B B A; verdicts are on the median of the ratios of one round.
import { execFileSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { measurePace, tellPace } from './pace.mjs';

const here = import.meta.dirname;
const flag = (name, fallback) => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : process.argv[at + 1];
};
const rounds = Number(flag('rounds', '5'));
const only = flag('only', '')?.split(',').filter(Boolean);

function sample(program, ...args) {
  const out = execFileSync(process.execPath, ['--expose-gc', '--max-old-space-size=8192', join(here, program), ...args.map(String)], {
    encoding: 'utf8',
  });
  const row = JSON.parse(out.trim().split('\n').at(-1));
  console.error(JSON.stringify({ ...row, load: loadavg()[0], node: process.version }));
  return row;
}

const pace = measurePace();
/** Milliseconds of the machine for which the goals were set. */
const referenceMs = (ms) => ms / pace;

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];

/** Ratios of ours to the floor, one a round, interleaved so that a drift of the machine hits both alike. */
function ratios(floor, ours, args, value = (row) => row.cpuMs) {
  const list = [];
  const rows = [];
  for (let round = 0; round < rounds; round++) {
    const first = round % 2 === 0;
    const a = sample(first ? floor : ours, ...args);
    const b = sample(first ? ours : floor, ...args);
    const [floorRow, ourRow] = first ? [a, b] : [b, a];
    list.push(value(ourRow) / value(floorRow));
    rows.push(ourRow);
  }
  return { list, rows };
}

/** PASS when the median keeps the goal, UNSURE when the rounds stand on both sides of it. */
function verdict(list, goal) {
  const isKept = (value) => value <= goal;
  if (list.every(isKept)) return 'PASS';
  if (!list.some(isKept)) return 'FAIL';
  return 'UNSURE';
}

const goals = {
  E1: () => {
    const { list, rows } = ratios('floor/objects.mjs', 'cases/ready.mjs', [5, 500]);
    const wall = rows.map((row) => referenceMs(row.wallMs));
    return [
      { goal: '500 pods on 5 nodes to all ready: at most 4x the objects floor (CPU)', list, limit: 4, unit: 'x' },
      { goal: '500 pods of one Deployment under 0.2 s of wall time', list: wall, limit: 200, unit: ' ms' },
    ];
  },
  E2: () => {
    const { list, rows } = ratios('floor/objects.mjs', 'cases/ready.mjs', [500, 5000]);
    return [
      { goal: '5,000 pods on 500 nodes: at most 2.5x the objects floor (CPU)', list, limit: 2.5, unit: 'x' },
      {
        goal: '5,000 pods on 500 nodes under 2 s of wall time',
        list: rows.map((row) => referenceMs(row.wallMs)),
        limit: 2000,
        unit: ' ms',
      },
      { goal: 'memory with the whole history, kB a pod', list: rows.map((row) => (row.heapMB * 1000) / row.pods), limit: 2, unit: ' kB' },
    ];
  },
  mixed: () => {
    const rows = Array.from({ length: Math.min(rounds, 3) }, () => sample('cases/mixed.mjs', 1000, 30_000));
    return [
      {
        goal: '30,000 pods of 26 owners on 1,000 nodes to all ready',
        list: rows.map((row) => referenceMs(row.wallMs)),
        limit: 20_000,
        unit: ' ms',
      },
      { goal: 'memory of that with the whole history', list: rows.map((row) => row.heapMB), limit: 600, unit: ' MB' },
    ];
  },
  E4: () => {
    const perPod = (nodes, pods) => sample('cases/ready.mjs', nodes, pods).cpuMs / pods;
    const list = Array.from({ length: Math.min(rounds, 3) }, () => perPod(1000, 10_000) / perPod(250, 2500));
    return [{ goal: 'growth: CPU a pod at 10,000 / at 2,500, nodes in proportion', list, limit: 1.3, unit: 'x' }];
  },
  E6: () => {
    const rows = Array.from({ length: Math.min(rounds, 3) }, () => sample('cases/seek.mjs', 500, 5000));
    return [
      {
        goal: 'seek to a random moment of a rollout of 5,000 pods, 95th percentile',
        list: rows.map((row) => referenceMs(row.p95Ms)),
        limit: 4,
        unit: ' ms',
      },
      {
        goal: 'fork from the middle of that history (replays the machinery)',
        list: rows.map((row) => referenceMs(row.forkMs)),
        limit: 2000,
        unit: ' ms',
      },
    ];
  },
  E9: () => {
    const rows = Array.from({ length: Math.min(rounds, 3) }, () => sample('cases/idle.mjs', 5, 500));
    return [
      { goal: '24 h of an idle cluster of 500 pods (CPU)', list: rows.map((row) => referenceMs(row.cpuMs)), limit: 1000, unit: ' ms' },
    ];
  },
};

console.log(tellPace(pace));
const round = (value) => (value >= 100 ? value.toFixed(0) : value.toFixed(2));
for (const [id, measure] of Object.entries(goals)) {
  if (only?.length && !only.includes(id)) continue;
  for (const { goal, list, limit, unit } of measure()) {
    console.log(
      `${id.padEnd(5)} ${verdict(list, limit).padEnd(6)} ${round(median(list))}${unit} (${round(Math.min(...list))} to ${round(Math.max(...list))}; goal ${limit}${unit})  ${goal}`,
    );
  }
}
