// All parts of the program, for whoever has no reason to wait: tests, the command line, the npm package.

import { affinity } from './affinity.ts';
import { applications } from './applications.ts';
import { deployments } from './deployments.ts';
import { describe } from './describe.ts';
import { edits } from './edits.ts';
import { extensions } from './extensions.ts';
import { get } from './get.ts';
import { images } from './images.ts';
import { jobs } from './jobs.ts';
import { kinds } from './kinds.ts';
import { kubectl } from './kubectl.ts';
import { library } from './library.ts';
import { limits } from './limits.ts';
import { managers } from './managers.ts';
import { more } from './more.ts';
import { namespaces } from './namespaces.ts';
import { nodes } from './nodes.ts';
import { objects } from './objects.ts';
import { outages } from './outages.ts';
import { type Part, putIn } from './part.ts';
import { patches } from './patches.ts';
import { podFields } from './podFields.ts';
import { pressure } from './pressure.ts';
import { rollouts } from './rollouts.ts';
import { scaling } from './scaling.ts';
import { selectors } from './selectors.ts';
import { services } from './services.ts';
import { sets } from './sets.ts';
import { shell } from './shell.ts';
import { standIn } from './standIn.ts';
import { templates } from './templates.ts';
import { tools } from './tools.ts';
import { unschedulable } from './unschedulable.ts';
import { volumes } from './volumes.ts';
import { yaml } from './yaml.ts';

export const parts = {
  affinity,
  applications,
  deployments,
  describe,
  edits,
  extensions,
  get,
  images,
  jobs,
  kinds,
  kubectl,
  library,
  limits,
  managers,
  more,
  namespaces,
  nodes,
  objects,
  outages,
  patches,
  podFields,
  pressure,
  rollouts,
  scaling,
  selectors,
  services,
  sets,
  shell,
  standIn,
  templates,
  tools,
  unschedulable,
  volumes,
  yaml,
} as const satisfies Readonly<Record<string, Part>>;

export type PartName = keyof typeof parts;

export function putInAll(): void {
  for (const part of Object.values(parts)) putIn(part);
}
