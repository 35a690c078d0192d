// What kubectl finds wrong with a line whatever the cluster holds: its verb, its flags, a word that is missing, a type that no server
// has. Who writes a line for later is told at once. The line is tried on a cluster that holds nothing and takes nothing, so what the
// server would say of it is not known here.
import type { Snapshot } from '../kube/meta.ts';
import type { Client } from './command.ts';
import { startKubectl } from './run.ts';

const NOTHING: Snapshot = { seq: 0, atMs: 0, get: () => undefined, list: () => [], tables: [] };

/** The line has come as far as asking the server for something. */
class Asked extends Error {}

const nowhere: Client = {
  nowMs: 0,
  snapshot: () => NOTHING,
  request: () => {
    throw new Asked();
  },
};

/** Said of what may well be there when the line is run. */
const FOR_WANT_OF_OBJECTS = /not found|^no (matching )?resources|^no objects passed to (?!apply|create)|^Metrics API/;

/** In one line; undefined for a line that can be run. */
export function mistakeIn(line: string, stdin?: string): string | undefined {
  const mistake = /^error: ([^]*)/im.exec(saidOf(line, stdin))?.[1]?.replaceAll(/\s+/g, ' ').trim();
  return mistake === undefined || FOR_WANT_OF_OBJECTS.test(mistake) ? undefined : mistake;
}

/** On stderr, up to where it would wait or change something. */
function saidOf(line: string, stdin: string | undefined): string {
  let said = '';
  try {
    for (const step of startKubectl(line, stdin, nowhere)) {
      if (step.type === 'wait' || step.type === 'load') break;
      if (step.type === 'stderr') said += step.text;
    }
  } catch (error) {
    if (!(error instanceof Asked)) throw error;
  }
  return said;
}
