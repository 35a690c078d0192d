// How much slower this machine is, now, than the one for which the goals in milliseconds were set, so that a figure means the same on
// every machine: times are divided by it before they are held against a goal.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/**
 * CPU milliseconds of the floor program there. It made 44,900 pods a second at 245,000 instructions each; this one needs 139,000
 * (`valgrind --tool=cachegrind`, as in gate.mjs).
 */
const REFERENCE_MS = 63;
const SAMPLES = 3;

/** The least of a few runs, for what else the machine does only ever adds. */
export function measurePace() {
  const run = () =>
    JSON.parse(execFileSync(process.execPath, [join(import.meta.dirname, 'floor', 'objects.mjs'), '100', '5000']).toString());
  return Math.min(...Array.from({ length: SAMPLES }, () => run().cpuMs)) / REFERENCE_MS;
}

export const tellPace = (pace) =>
  `pace ${pace.toFixed(2)}: this machine takes so many times as long for the objects floor as that of the goals; times are told in milliseconds of that one`;
