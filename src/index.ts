// The npm package: the cluster without a page, and recordings. The element is built with the site. Wiring only.
export type { Intent, KubeletRuntime, Machine } from './cluster/intents.ts';
export type { Change, KubeObject } from './kube/meta.ts';
export { createCluster, type HeadlessCluster, type HeadlessOptions, type LineLimits } from './scenario/headless.ts';
export { parseScenario } from './scenario/parse.ts';
export { type RecordedStep, type Recording, type RecordOptions, record } from './scenario/record.ts';
export type { LineOutcome } from './scenario/runLine.ts';
export { ScenarioError } from './scenario/scenarioError.ts';
export { encodeLink, type LinkedDeed, type LinkedRun } from './session/encodeLink.ts';
