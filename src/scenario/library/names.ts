// The scenarios of the menu by name, in its order, for those who only list them. The first is the one a page opens with.

export const scenarioNames = [
  'cookie-cutter',
  'self-healing',
  'rolling-update',
  'node-goes-dark',
  'naked-pod',
  'drain',
  'budget',
  'priority',
  'stateful-order',
  'daemon',
  'job-tries',
  'cron',
  'sample-pod',
  'empty',
] as const;

export type ScenarioName = (typeof scenarioNames)[number];
