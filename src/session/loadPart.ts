// The parts of the program that are loaded when they are needed.
import { MissingPart } from '../base/late.ts';
import type { PartName } from '../scenario/parts/all.ts';
import { type Part, putIn } from '../scenario/parts/part.ts';
import { loadAround } from './loadAround.ts';

const loaders: Readonly<Record<PartName, () => Promise<Part>>> = {
  affinity: async () => (await import('../scenario/parts/affinity.ts')).affinity,
  applications: async () => (await import('../scenario/parts/applications.ts')).applications,
  deployments: async () => (await import('../scenario/parts/deployments.ts')).deployments,
  describe: async () => (await import('../scenario/parts/describe.ts')).describe,
  edits: async () => (await import('../scenario/parts/edits.ts')).edits,
  extensions: async () => (await import('../scenario/parts/extensions.ts')).extensions,
  get: async () => (await import('../scenario/parts/get.ts')).get,
  images: async () => (await import('../scenario/parts/images.ts')).images,
  jobs: async () => (await import('../scenario/parts/jobs.ts')).jobs,
  kinds: async () => (await import('../scenario/parts/kinds.ts')).kinds,
  kubectl: async () => (await import('../scenario/parts/kubectl.ts')).kubectl,
  library: async () => (await import('../scenario/parts/library.ts')).library,
  limits: async () => (await import('../scenario/parts/limits.ts')).limits,
  managers: async () => (await import('../scenario/parts/managers.ts')).managers,
  more: async () => (await import('../scenario/parts/more.ts')).more,
  namespaces: async () => (await import('../scenario/parts/namespaces.ts')).namespaces,
  nodes: async () => (await import('../scenario/parts/nodes.ts')).nodes,
  objects: async () => (await import('../scenario/parts/objects.ts')).objects,
  outages: async () => (await import('../scenario/parts/outages.ts')).outages,
  patches: async () => (await import('../scenario/parts/patches.ts')).patches,
  podFields: async () => (await import('../scenario/parts/podFields.ts')).podFields,
  pressure: async () => (await import('../scenario/parts/pressure.ts')).pressure,
  rollouts: async () => (await import('../scenario/parts/rollouts.ts')).rollouts,
  scaling: async () => (await import('../scenario/parts/scaling.ts')).scaling,
  selectors: async () => (await import('../scenario/parts/selectors.ts')).selectors,
  services: async () => (await import('../scenario/parts/services.ts')).services,
  sets: async () => (await import('../scenario/parts/sets.ts')).sets,
  shell: async () => (await import('../scenario/parts/shell.ts')).shell,
  standIn: async () => (await import('../scenario/parts/standIn.ts')).standIn,
  templates: async () => (await import('../scenario/parts/templates.ts')).templates,
  tools: async () => (await import('../scenario/parts/tools.ts')).tools,
  unschedulable: async () => (await import('../scenario/parts/unschedulable.ts')).unschedulable,
  volumes: async () => (await import('../scenario/parts/volumes.ts')).volumes,
  yaml: async () => (await import('../scenario/parts/yaml.ts')).yaml,
};

/** Loads a part of the program, with what it adds to the picture, and puts it in. */
export async function loadPart(name: string): Promise<void> {
  const [part] = await Promise.all([loaders[name as PartName](), loadAround([name as PartName])]);
  putIn(part);
}

/** Loads several at a time; all of them unless said. */
export async function loadParts(names: readonly string[] = Object.keys(loaders)): Promise<void> {
  await Promise.all(names.map(loadPart));
}

/** Does something from its beginning, again whenever a part that it asked for has been loaded. */
export async function withParts<T>(act: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (!(error instanceof MissingPart)) throw error;
      await loadPart(error.part);
    }
  }
}
