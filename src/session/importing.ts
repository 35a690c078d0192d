// Clusters that ran elsewhere, as worlds to open: out of a text that kubectl printed, or out of a link or a file that holds one.
import { finish, goOn } from '../base/steps.ts';
import { Cluster } from '../cluster/cluster.ts';
import type { KubeObject } from '../kube/meta.ts';
import { ClusterReading } from '../scenario/imported/clusterReading.ts';
import { type ImportedCluster, Intake } from '../scenario/imported/intake.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/find.ts';
import type { Setting } from '../scenario/library/library.ts';
import { Looks } from '../scene/looks.ts';
import { IMPORTED } from './imported.ts';
import { createPlayback, type IsOverBudget } from './playback.ts';
import type { Begun, Session } from './session.ts';
import { clusterOptions } from './world.ts';
import type { WorldLink } from './worldLink.ts';

type NamedSetting = Setting & { readonly name: string };

const slices = createPlayback(() => {});
/** How long a slice of the reading may take: the page shows how far it is, and does little else meanwhile. */
const SLICE_MS = 24;

/** Reads a text in slices between frames. Undefined when `onProgress` answered false: nobody waits for it any more. */
export async function readCluster(text: string, onProgress: (part: number) => boolean): Promise<ImportedCluster | undefined> {
  const reading = new ClusterReading(text);
  await slices.work((isOverBudget) => reading.step(isOverBudget) || !onProgress(reading.progress), {
    budgetMs: SLICE_MS,
  });
  return reading.cluster;
}

/** Everything is made in the first moment; what that moves on the stage is over by then. */
const OPEN_AT_MS = 2000;

/** The containers of a real cluster run images that nobody has here: none of their commands is run. */
export function settingOf({ objects, loads }: Pick<ImportedCluster, 'objects' | 'loads'>): NamedSetting {
  return { name: IMPORTED, machines: [], objects, loads, runtime: { scripts: false }, steps: [], openAtMs: OPEN_AT_MS };
}

/** What a link says that a cluster had is looked at as if it had just been pasted. */
export function settingOfLink(objects: readonly unknown[]): NamedSetting {
  return settingOf(finish(takingIn(objects)));
}

function* takingIn(objects: readonly unknown[]): Generator<void, ImportedCluster> {
  const intake = new Intake();
  for (const object of objects) if (isObject(object)) yield intake.admit(object);
  return yield* intake.finishing();
}

/** Opens the world of a file at its beginning, with all that was done in it still to come. */
export async function openWorld(session: Session, { objects, scenario, seed = 1, deeds, dropped }: WorldLink): Promise<void> {
  const begun = { ...(deeds ? { deeds } : {}), ...(dropped ? { dropped } : {}) };
  if (objects) return openInSlices(session, settingOf(await inSlices(takingIn(objects), () => {})), { seed, ...begun });
  await session.loadEngine();
  session.openSetting({ ...(findScenario(scenario ?? '') ?? DEFAULT_SCENARIO), openAtMs: 0 }, { seed, ...begun });
  session.setLesson(undefined);
}

/** Makes the cluster of a setting in slices between frames, telling how far it is, and shows its world where it has come to rest. */
export async function openInSlices(
  session: Session,
  setting: NamedSetting,
  { seed = 1, ...begun }: Begun & { readonly seed?: number } = {},
): Promise<void> {
  const { store } = session;
  const all = setting.objects?.length ?? 0;
  const restMs = Math.min(setting.openAtMs, ...(begun.deeds ?? []).map(({ atMs }) => atMs));
  session.pause();
  try {
    await session.loadEngine();
    const steps = Cluster.inSteps(clusterOptions(setting, seed));
    const cluster = await inSlices(steps, (done) => store.setState({ building: { done: Math.min(done, all), all } }));
    await slices.work((isOverBudget) => cluster.runUntil(restMs, isOverBudget));
    const looks = await inSlices(lookingAt(cluster), () => {});
    session.openSetting(setting, { seed, ...begun, made: { cluster, looks } });
    session.setLesson(undefined);
  } finally {
    store.setState({ building: undefined });
  }
}

/** So many changes are read at a time. */
const READ_AT_ONCE = 100;

/** Reads what every pod was cut from before it is asked by all at once. */
function* lookingAt({ changes }: Cluster): Generator<void, Looks> {
  const looks = new Looks();
  for (let count = 0; count < changes.length; count += READ_AT_ONCE) yield looks.read(changes, count);
  return looks;
}

/** Takes steps in slices between frames; tells after each how many have been taken. */
async function inSlices<T>(steps: Iterator<void, T>, onSlice: (done: number) => void): Promise<T> {
  let done = 0;
  let end: { readonly value: T } | undefined;
  const step = (isOverBudget: IsOverBudget) => {
    end = goOn(steps, () => {
      done++;
      return isOverBudget();
    });
    return end !== undefined;
  };
  await slices.work(step, { onSlice: () => onSlice(done) });
  return (end as unknown as { readonly value: T }).value;
}

function isObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}
