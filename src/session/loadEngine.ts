// Loads the engine. Its pieces are asked for at once, for each way to the site and back takes its time; each is evaluated in a task of its
// own as it comes: the page around a world stays smooth meanwhile.
import type { PartName } from '../scenario/parts/all.ts';
import type { Engine } from './engine.ts';

/** The engine with the parts that will be needed; all of them unless said. */
export async function loadEngine(needed?: readonly PartName[]): Promise<Engine> {
  const [{ engine }] = await Promise.all([
    import('./engine.ts'),
    import('./loadPart.ts').then(({ loadParts }) => loadParts(needed)),
    import('../kube/manifest.ts'),
    import('../cluster/cluster.ts'),
    import('../kubectl/run.ts'),
  ]);
  return engine;
}
