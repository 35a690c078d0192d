// Loads the engine in parts, each evaluated in a task of its own: the page around a world stays smooth meanwhile.
import type { Engine } from './engine.ts';

export async function loadEngine(): Promise<Engine> {
  await import('../kube/manifest.ts');
  await nextTask();
  await import('../scenario/library/index.ts');
  await nextTask();
  await import('../cluster/cluster.ts');
  await nextTask();
  await import('../kubectl/run.ts');
  await nextTask();
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
