// The tabs that the inspector has for an object of a kind, as `show` in a lesson names them.

const OF_OWNERS = ['template', 'story', 'events', 'yaml'];
const OF_OTHERS = ['now', 'story', 'events', 'yaml'];

const TABS: Readonly<Record<string, readonly string[]>> = {
  Pod: ['cookie', 'story', 'yaml', 'events', 'logs', 'files', 'environment', 'processes', 'why', 'inside'],
  Node: ['story', 'pods', 'conditions', 'events', 'yaml'],
  Deployment: ['rollout', 'history', ...OF_OWNERS],
  StatefulSet: ['history', ...OF_OWNERS],
  DaemonSet: ['history', ...OF_OWNERS],
  ReplicaSet: OF_OWNERS,
  ReplicationController: OF_OWNERS,
  Job: OF_OWNERS,
  CronJob: ['now', ...OF_OWNERS],
};

export function tabsOf(kind: string): readonly string[] {
  return TABS[kind] ?? OF_OTHERS;
}
