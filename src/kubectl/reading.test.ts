// Excerpts of recordings made on a real Kubernetes 1.36: the objects as they stood, a reading command, and what kubectl printed.
// Here our kubectl reads the same objects at the same moment and must print the same bytes.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fromTimestamp, type KubeObject, keyOf, type Snapshot } from '../kube/meta.ts';
import { startKubectl } from './run.ts';

interface Recorded {
  readonly worlds: Readonly<Record<string, Readonly<Record<string, readonly KubeObject[]>>>>;
  readonly steps: readonly {
    readonly world: string;
    readonly command: string;
    readonly at: string;
    readonly stdout: string;
    readonly stderr: string;
    readonly exitCode: number;
  }[];
}

const recorded = JSON.parse(readFileSync(new URL('./recordings.generated.json', import.meta.url), 'utf8')) as Recorded;

/** The recordings keep of an event what it says, not its name and uids. */
function eventOf(event: unknown, i: number, world: Recorded['worlds'][string]): KubeObject {
  const { namespace, creationTimestamp, source, involvedObject, ...rest } = event as Record<string, unknown>;
  const { kind, name } = involvedObject as { readonly kind: string; readonly name: string };
  const uid = world[kind]?.find(({ metadata }) => metadata.name === name)?.metadata.uid;
  const metadata = { name: `${name}.${String(i).padStart(4, '0')}`, namespace, creationTimestamp };
  return {
    ...rest,
    apiVersion: 'v1',
    kind: 'Event',
    metadata,
    source: { component: source },
    involvedObject: { ...(involvedObject as object), uid },
  } as never;
}

function snapshotOf(world: Recorded['worlds'][string], atMs: number): Snapshot {
  const list = (kind: string): readonly KubeObject[] =>
    kind === 'Event'
      ? (world.Event ?? []).map((event, i) => eventOf(event, i, world))
      : (world[kind] ?? []).map((object) => ({ ...object, kind }));
  return { seq: 0, atMs, list, get: (kind, key) => list(kind).find((object) => keyOf(object) === key), tables: Object.keys(world) };
}

function printed(command: string, snapshot: Snapshot) {
  const output = { stdout: '', stderr: '', exitCode: -1 };
  const running = startKubectl(command, undefined, {
    nowMs: snapshot.atMs,
    snapshot: () => snapshot,
    request: () => {
      throw new Error('A reading command wrote.');
    },
  });
  for (;;) {
    const step = running.next();
    if (step.done) return { ...output, exitCode: step.value };
    if (step.value.type !== 'stdout' && step.value.type !== 'stderr') throw new Error('A reading command waits.');
    output[step.value.type] += step.value.text;
  }
}

describe('reading', () => {
  it.each(recorded.steps.map((step) => [`${step.world}: ${step.command}`, step] as const))(
    'prints what kubectl printed: %s',
    (_name, step) => {
      const snapshot = snapshotOf(recorded.worlds[step.world] ?? {}, fromTimestamp(step.at));
      expect(printed(step.command, snapshot)).toEqual({ stdout: step.stdout, stderr: step.stderr, exitCode: step.exitCode });
    },
  );
});
