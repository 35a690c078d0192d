// Clusters that ran elsewhere, as worlds to open: out of a text that kubectl printed, or out of a link or a file that holds one.
import type { KubeObject } from '../kube/meta.ts';
import { ClusterReading } from '../scenario/imported/clusterReading.ts';
import { type ImportedCluster, Intake } from '../scenario/imported/intake.ts';
import { DEFAULT_SCENARIO, findScenario } from '../scenario/library/index.ts';
import type { Setting } from '../scenario/library/library.ts';
import { IMPORTED } from './imported.ts';
import { createPlayback } from './playback.ts';
import type { Session } from './session.ts';
import type { WorldLink } from './worldLink.ts';

/** How long a slice of the reading may take: the page shows how far it is, and does little else meanwhile. */
const SLICE_MS = 24;

/** Reads a text in slices between frames. Undefined when `onProgress` answered false: nobody waits for it any more. */
export async function readCluster(text: string, onProgress: (part: number) => boolean): Promise<ImportedCluster | undefined> {
  const reading = new ClusterReading(text);
  await createPlayback(() => {}).work((isOverBudget) => reading.step(isOverBudget) || !onProgress(reading.progress), {
    budgetMs: SLICE_MS,
  });
  return reading.cluster;
}

/** Everything is made in the first moment; what that moves on the stage is over by then. */
export const OPEN_AT_MS = 2000;

/** The containers of a real cluster run images that nobody has here: none of their commands is run. */
export function settingOf({ objects, loads }: Pick<ImportedCluster, 'objects' | 'loads'>): Setting & { readonly name: string } {
  return { name: IMPORTED, machines: [], objects, loads, runtime: { scripts: false }, steps: [], openAtMs: OPEN_AT_MS };
}

/** What a link or a file says that a cluster had is looked at as if it had just been pasted. */
export function settingOfLink(objects: readonly unknown[]): Setting & { readonly name: string } {
  const intake = new Intake();
  for (const object of objects) if (isObject(object)) intake.admit(object);
  return settingOf(intake.finish());
}

/** Opens the world of a file at its beginning, with all that was done in it still to come. */
export function openWorld(session: Session, { objects, scenario, seed = 1, deeds, dropped }: WorldLink): void {
  const setting = objects ? settingOfLink(objects) : { ...(findScenario(scenario ?? '') ?? DEFAULT_SCENARIO), openAtMs: 0 };
  session.openSetting(setting, { seed, ...(deeds ? { deeds } : {}), ...(dropped ? { dropped } : {}) });
  session.setLesson(undefined);
}

function isObject(value: unknown): value is KubeObject {
  const { apiVersion, kind, metadata } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return typeof apiVersion === 'string' && typeof kind === 'string' && typeof metadata === 'object' && metadata !== null;
}
