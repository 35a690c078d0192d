// What is done to a container from outside without a process of its own: its end with a given code, and reading one of its files.
import { bodies } from './shell/bodies.ts';
import { Files } from './shell/files.ts';
import type { Happening } from './shell/happening.ts';
import { imageFiles } from './shell/images/index.ts';
import { Kernel } from './shell/kernel.ts';
import type { Sandbox } from './shell/process.ts';
import type { World } from './shell/world.ts';

/** Ends a container's first process, as if it had exited with this code. */
export function endBox(sandbox: Sandbox, name: string, exitCode: number, world: World): readonly Happening[] {
  const kernel = new Kernel(sandbox, world, bodies);
  const main = kernel.find(sandbox.boxes[name]?.main ?? -1);
  if (main) kernel.end(main, exitCode);
  return kernel.happenings;
}

/** The text of a file of a container, which may have ended. */
export function readInBox(sandbox: Sandbox, name: string, path: string, world: World): string | undefined {
  const box = sandbox.boxes[name];
  if (!box) return undefined;
  const files = new Files(sandbox, box, {
    nowMs: world.nowMs,
    disk: (key) => world.disk(key),
    image: imageFiles,
    sizeLimit: () => undefined,
    onWrite: () => {},
  });
  const entry = files.stat(path);
  return entry?.type === 'file' ? entry.text : undefined;
}

/** The first process of a container takes so much more memory, and keeps it. */
export function growMemory(sandbox: Sandbox, name: string, bytes: number): void {
  const main = sandbox.processes.find(({ id }) => id === sandbox.boxes[name]?.main);
  if (main) main.memoryBytes += bytes;
}
