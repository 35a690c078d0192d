// The scenarios of the menu by name, under its headings and in its order, for those who only list them. The first is the one a page
// opens with.

export const scenarioShelves = {
  basics: ['cookie-cutter', 'self-healing', 'naked-pod', 'crash-loop', 'sample-pod', 'empty'],
  inside: [
    'two-containers',
    'init-first',
    'sidecar-outlives',
    'port-clash',
    'liveness',
    'oom',
    'graceful-end',
    'data-survives',
    'image-edited',
  ],
  rollouts: ['rolling-update', 'stuck-rollout', 'daemon-surge', 'partition'],
  nodes: ['node-goes-dark', 'drain', 'budget', 'memory-pressure'],
  owners: ['stateful-order', 'daemon', 'doors'],
  batch: ['job-tries', 'job-policies', 'cron', 'cron-concurrency'],
  scheduling: ['spread', 'priority', 'gates'],
  counts: ['autoscale'],
  limits: ['quota', 'namespace-ends'],
  storage: ['disks', 'settings'],
  scale: ['busy-day', 'full-size'],
} as const;

export type ScenarioGroup = keyof typeof scenarioShelves;
export type ScenarioName = (typeof scenarioShelves)[ScenarioGroup][number];

export const scenarioNames = Object.values(scenarioShelves).flat() as unknown as readonly [ScenarioName, ...ScenarioName[]];
