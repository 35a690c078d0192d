// The words on the stage, in English. Kinds, conditions and reasons stay as kubectl prints them.
interface ShownState {
  readonly name: string;
  readonly level?: number;
  readonly count?: number;
  readonly total?: number;
  readonly leftMs?: number;
  readonly why?: 'evicted' | 'preempted';
  readonly reason?: string;
}

const seconds = (ms: number | undefined) => Math.ceil((ms ?? 0) / 1000);
const until = (ms: number | undefined) =>
  seconds(ms) < 60 ? `${seconds(ms)} s` : `${Math.floor(seconds(ms) / 60)}:${String(seconds(ms) % 60).padStart(2, '0')}`;

/** `2,000`. */
export const grouped = (n: number) => String(n).replaceAll(/\B(?=(\d{3})+$)/g, ',');

function state({ name, level = 0, count = 0, total = 0, leftMs, why, reason }: ShownState): string {
  switch (name) {
    case 'pending':
      return 'waiting for a node';
    case 'scheduled':
      return 'scheduled';
    case 'pulling':
      return reason ?? `pulling ${Math.round(level * 100)}%`;
    case 'refused':
      return reason ?? '';
    case 'init':
      return `init ${count} of ${total}`;
    case 'notReady':
      return 'not ready yet';
    case 'ready':
      return 'ready';
    case 'crashed':
      return leftMs ? `next try in ${until(leftMs)}` : (reason ?? 'crashed');
    case 'terminating':
      return why ? `${why}${leftMs ? `, ${until(leftMs)}` : ''}` : leftMs ? `${until(leftMs)} left` : 'terminating';
    case 'evicted':
      return 'evicted';
    case 'succeeded':
      return 'completed';
    case 'failed':
      return reason ?? 'failed';
    case 'lost':
      return 'not known';
    default:
      return name;
  }
}

/** Kubernetes' cause, shortened to a word where it is a usual one. */
function lacks(count: number, cause: string): string {
  const resource = /^Insufficient (.+)$/.exec(cause)?.[1];
  if (resource) return `${count} ${count === 1 ? 'lacks' : 'lack'} ${resource}`;
  if (/unreachable/.test(cause)) return `${count} unreachable`;
  if (/not-ready/.test(cause)) return `${count} not ready`;
  if (/unschedulable/.test(cause)) return `${count} cordoned`;
  if (/untolerated taint/.test(cause)) return `${count} ${count === 1 ? 'has a taint' : 'have taints'}`;
  if (/affinity\/selector/.test(cause)) return `${count} ${count === 1 ? 'does' : 'do'} not match`;
  if (/Too many pods/.test(cause)) return `${count} full of pods`;
  if (/topology spread/.test(cause)) return `${count} would be uneven`;
  if (/anti-affinity/.test(cause)) return `${count} ${count === 1 ? 'has' : 'have'} a rival`;
  if (/pod affinity/.test(cause)) return `${count} ${count === 1 ? 'lacks' : 'lack'} its company`;
  if (/free ports/.test(cause)) return `${count} ${count === 1 ? 'has' : 'have'} the port taken`;
  if (/volume node affinity|volume.*conflict/.test(cause)) return `${count} far from its disk`;
  return `${count} ${cause}`;
}

const EVENTS = {
  cut: (name: string) => `${name} was cut.`,
  bound: (name: string, where: string) => `${name} goes to ${where}.`,
  ready: (name: string) => `${name} is ready.`,
  terminating: (name: string) => `${name} is being deleted.`,
  gone: (name: string) => `${name} is gone.`,
  crashed: (name: string) => `${name} crashed.`,
  evicted: (name: string, where: string) => `${name} is evicted from ${where}.`,
  preempted: (name: string, where: string) => `${name} makes room on ${where} for a pod of higher priority.`,
  lost: (name: string) => `${name} does not answer.`,
  found: (name: string) => `${name} answers again.`,
  cordoned: (name: string) => `${name} is cordoned: no new pods land there.`,
  uncordoned: (name: string) => `${name} takes new pods again.`,
  edited: (name: string, where: string) => `The template of ${name} is now ${where}.`,
  podEdited: (name: string) => `${name} has another image now.`,
  restarted: (name: string) => `A container of ${name} starts again.`,
  succeeded: (name: string) => `${name} has completed.`,
  failed: (name: string) => `${name} has failed.`,
} as const;

export const sceneEn = {
  cutter: 'Cutter',
  inTheHand: 'in the hand',
  noOwner: 'No owner',
  noCutter: 'no cutter',
  nobodyReplaces: (pods: number): string => (pods === 1 ? 'nobody replaces it' : 'nobody replaces them'),
  onePerThread: 'one thread per pod',
  noThreadLeaves: ['No thread leaves the cutter.', 'Editing it reaches no pod.'] as readonly [string, string],
  queue: 'Scheduler queue',
  queueShort: 'Queue',
  nothingWaiting: 'nothing waiting',
  noNodeFits: 'No node fits',
  cpu: 'cpu',
  memory: 'mem',
  unknown: 'unknown',
  ready: 'Ready',
  notReady: 'NotReady',
  cordoned: 'cordoned',
  wants: 'wants',
  noNodes: 'No nodes yet',
  stage: 'Stage: owners, scheduler queue, nodes',
  fewer: 'One pod fewer',
  more: 'One pod more',
  regions: { owners: 'Owners', queue: 'Scheduler queue', trays: 'Nodes' },
  has: (_wants: number, has: number, ready: number) =>
    has === ready ? (has === 0 ? 'has none' : `has ${has}, all ready`) : `has ${has}, ${ready} ready`,
  wantsReady: (wants: number, ready: number) => `wants ${wants}, ready ${ready}`,
  wantsPart: (wants: number) => `wants ${wants},`,
  readyPart: (ready: number) => `ready ${ready}`,
  perNode: '1 per node,',
  staysWithItsNode: 'stays with its node',
  jobComplete: 'complete',
  suspended: 'suspended',
  jobDone: (done: number, of: number | undefined) => (of === undefined ? `${done} done` : `${done} of ${of} done`),
  jobRunning: (count: number) => `${count} running`,
  jobFailed: (reason: string) => (reason ? `failed: ${reason}` : 'failed'),
  triesFailed: (count: number, limit: number, isPerIndex: boolean) =>
    `${count === 1 ? '1 try' : `${count} tries`} failed, up to ${limit} ${isPerIndex ? 'of each index ' : ''}may`,
  lastRun: (job: string, how: string) => `${job} ${how}`,
  nextRun: (time: string) => `next ${time}`,
  waitsFor: (pod: string) => `waits for ${pod}`,
  mayLose: (count: number) => (count === 0 ? 'may lose none' : `may lose ${count}`),
  behindDoor: (ready: number) => `${ready} ready`,
  scaler: {
    load: 'load',
    noLoad: 'none',
    notMeasured: 'not measured yet',
    range: (min: number, max: number) => `${min} to ${max}`,
    now: (count: number) => `now ${count}`,
    measured: (name: string, now: string, target: string) => `${name} ${now}, wanted ${target}`,
  },
  number: grouped,
  heat: {
    oneMark: 'one mark is one node',
    noZone: 'no zone',
    colourBy: 'Colour by',
    colourings: { template: 'Template', cpu: 'cpu', memory: 'memory', state: 'State' },
    lens: 'Hold Z and move: the lens',
    pressure: 'under pressure',
    title: (nodes: number, pods: number) => `${grouped(nodes)} nodes, ${grouped(pods)} pods`,
    allFrom: (letter: string) => `all from ${letter}`,
    lensGo: 'Go there',
    lensTitle: (nodes: number, pods: number) => `${grouped(nodes)} nodes, ${grouped(pods)} pods`,
  },
  keptFor: (pod: string) => `kept for ${pod}`,
  withDisk: (claim: string) => `disk ${claim}`,
  ownsMatching: () => 'Owns every pod that matches',
  was: (letter: string) => `was ${letter}`,
  becameFrom: (from: string, to: string) => `template ${from} became ${to}`,
  editedAt: (time: string) => `edited at ${time}`,
  cutAt: (time: string, letter: string) => `cut at ${time} from ${letter}`,
  cutFrom: (letter: string) => `cut from ${letter}`,
  byHand: 'made by hand',
  restarts: (count: number) => (count === 1 ? '1 restart' : `${count} restarts`),
  atMost: (count: number) => `at most ${count}`,
  atLeast: (count: number) => `at least ${count} available`,
  revision: (number: number) => `revision ${number}`,
  wasRevision: (letter: string, number: number) => `was ${letter}, revision ${number}`,
  growing: (from: number, to: number) => `ReplicaSet, growing ${from} to ${to}`,
  shrinking: (from: number, to: number) => `ReplicaSet, shrinking ${from} to ${to}`,
  pods: (count: number) => `${count} pods`,
  waiting: (count: number) => `${count} waiting`,
  nextNode: (node: string, score: number | undefined) => (score === undefined ? `next: ${node}` : `next: ${node}, ${score} points`),
  lacks,
  refused: (message: string) => {
    if (/scheduling gates/.test(message)) return 'It waits at a gate.';
    if (/unbound immediate/.test(message)) return 'Its claim has no volume.';
    const claim = /persistentvolumeclaim "([^"]+)" (not found|is being deleted)/.exec(message);
    if (claim) return claim[2] === 'not found' ? `Claim ${claim[1]} is not there.` : `Claim ${claim[1]} is leaving.`;
    return message;
  },
  nodesFit: (fit: number, all: number) => `${fit} of ${all} nodes fit`,
  notReadyFor: (time: string) => `NotReady, ${time}`,
  draining: (left: number, of: number) => `draining, ${left} of ${of} left`,
  replacementsCut: (count: number) => (count === 1 ? '1 replacement cut' : `${count} replacements cut`),
  state,
  podName: (pod: string, letter: string, shown: string, node: string | undefined, index: number, of: number) =>
    [pod, letter ? `cut from ${letter}` : 'made by hand', shown, node ? `on ${node}` : 'in the queue', `${index} of ${of}`].join(', '),
  ownerName: (name: string, kind: string, letter: string, count: string) =>
    [name, kind, ...(letter ? [`cutter ${letter}`] : []), count].join(', '),
  doorName: (service: string, ready: number, owner: string) =>
    `${service}, Service, leads to ${ready} ready ${ready === 1 ? 'pod' : 'pods'} of ${owner}`,
  nodeName: (name: string, shown: string, pods: number) => `${name}, node, ${shown}, ${pods === 1 ? '1 pod' : `${pods} pods`}`,
  event: (kind: keyof typeof EVENTS, name: string, where: string) => EVENTS[kind](name, where),
  eventCount: (count: number) => `${count} changes.`,
  podNeverMoves: 'A pod never moves. Delete it and a new one is scheduled.',
  myGuess: 'my guess',
  comesNext: (letter: string) => `${letter} comes next`,
};
