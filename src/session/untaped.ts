// What the scenarios without a tape need of the engine, so that a document need not find out by running them.
import type { ScenarioName } from '../scenario/library/names.ts';
import type { PartName } from '../scenario/parts/all.ts';

export const untapedParts: Partial<Record<ScenarioName, readonly PartName[]>> = {
  'two-containers': ['library', 'services', 'podFields', 'deployments', 'shell'],
  'init-first': ['library', 'shell', 'tools'],
  'sidecar-outlives': ['library', 'podFields', 'shell', 'tools'],
  'port-clash': ['library', 'images', 'tools'],
  liveness: ['library', 'shell', 'tools'],
  oom: ['library', 'images', 'shell'],
  'graceful-end': ['library', 'shell'],
  'data-survives': ['library', 'kinds', 'volumes', 'shell', 'tools'],
  'image-edited': ['library', 'shell', 'tools'],
  'busy-day': ['library', 'kinds', 'deployments', 'sets', 'jobs', 'images', 'tools', 'pressure', 'shell', 'rollouts', 'nodes'],
  'full-size': ['library', 'deployments', 'images', 'tools', 'pressure', 'outages', 'rollouts', 'nodes'],
};
