// Loads the engine, each piece evaluated in a task of its own: the page around a world stays smooth meanwhile.
import type { PartName } from '../scenario/parts/all.ts';
import type { Engine } from './engine.ts';

/** The engine with the parts that will be needed; all of them unless said. */
export async function loadEngine(needed?: readonly PartName[]): Promise<Engine> {
  const parts = import('./loadPart.ts').then(({ loadParts }) => loadParts(needed));
  await import('../kube/manifest.ts');
  await nextTask();
  await import('../cluster/cluster.ts');
  await nextTask();
  await import('../kubectl/run.ts');
  await nextTask();
  await parts;
  return (await import('./engine.ts')).engine;
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
