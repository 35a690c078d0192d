// The words inside a pod, in English: on the picture, for those who listen, and in the inspector. States, reasons and kinds stay as
// kubectl prints them.
import { clockText, sizeText } from '../numbers.ts';

interface ShownState {
  readonly stage: 'waiting' | 'refused' | 'starting' | 'notReady' | 'running' | 'stopping' | 'backOff' | 'done' | 'failed' | 'lost';
  readonly sinceMs?: number;
  readonly untilMs?: number;
  readonly ending?: 'hook' | 'turn' | 'term' | 'over';
  readonly exitCode?: number;
  readonly reason?: string;
  readonly lastedMs?: number;
}

interface ShownProbe {
  readonly name: 'startup' | 'liveness' | 'readiness';
  readonly what: string;
  readonly periodSeconds: number;
  readonly result: 'passes' | 'fails' | 'waits' | 'unknown';
}

interface ShownVolume {
  readonly name: string;
  readonly type: 'emptyDir' | 'hostPath' | 'claim' | 'configMap' | 'secret' | 'projected' | 'downward' | 'image' | 'other';
  readonly source: string;
  readonly files: readonly unknown[];
  readonly complaint?: string;
}

const seconds = (ms: number) => `${Math.max(0, Math.ceil(ms / 1000))} s`;
const short = (ms: number) => (ms < 60_000 ? seconds(ms) : clockText(ms));
const restarted = (count: number) => (count === 1 ? '1 restart' : `${count} restarts`);

const ENDINGS = { hook: 'preStop hook runs', turn: 'ends after the others', term: 'SIGTERM sent' } as const;

function exit(exitCode: number, reason: string | undefined): string {
  return reason && reason !== 'Error' && reason !== 'Completed' ? `${reason}, exit ${exitCode}` : `exit ${exitCode}`;
}

function state({ stage, sinceMs, untilMs, ending, exitCode, reason, lastedMs }: ShownState, restarts: number, atMs: number): string {
  const since = sinceMs === undefined ? '' : clockText(atMs - sinceMs);
  const how = exit(exitCode ?? 0, reason);
  switch (stage) {
    case 'waiting':
      return reason === 'PodInitializing' ? 'waits for init' : reason === 'ContainerCreating' ? 'being created' : 'not started';
    case 'refused':
      return reason ?? 'cannot start';
    case 'starting':
      return `starting up ${since}, ${restarted(restarts)}`;
    case 'notReady':
      return `not ready ${since}, ${restarted(restarts)}`;
    case 'running':
      return `running ${since}, ${restarted(restarts)}`;
    case 'stopping':
      return ending === 'over'
        ? 'has ended, others have not'
        : `${ending ? ENDINGS[ending] : 'being stopped'}, ${seconds((untilMs ?? atMs) - atMs)} left`;
    case 'backOff':
      return untilMs !== undefined && untilMs > atMs ? `${how}, next try in ${short(untilMs - atMs)}` : `${how}, starts again`;
    case 'done':
      return lastedMs === undefined ? 'done' : `done in ${short(lastedMs)}, then removed`;
    case 'failed':
      return `failed, ${how}`;
    case 'lost':
      return 'not known';
    default:
      return stage;
  }
}

function volumeType({ type, source }: ShownVolume, isLong: boolean): string {
  switch (type) {
    case 'emptyDir':
      return isLong ? 'emptyDir, lives as long as the pod' : source === 'Memory' ? 'emptyDir in memory' : 'emptyDir volume';
    case 'hostPath':
      return isLong ? `hostPath ${source}, lives with the node` : `hostPath ${source}`;
    case 'claim':
      return isLong ? `claim ${source}, outlives the pod` : `claim ${source}`;
    case 'configMap':
      return isLong ? `from ConfigMap ${source}` : `ConfigMap ${source}`;
    case 'secret':
      return isLong ? `from Secret ${source}, kept in memory` : `Secret ${source}`;
    case 'projected':
      return 'projected, several sources';
    case 'downward':
      return 'downward API, facts of the pod';
    case 'image':
      return `image ${source}`;
    default:
      return source || 'volume';
  }
}

const PROBES = { startup: 'startup', liveness: 'liveness', readiness: 'readiness' } as const;
const RESULTS = { passes: 'passes', fails: 'fails', waits: 'not yet', unknown: 'not known' } as const;

const EVENTS = {
  started: (name: string) => `${name} starts.`,
  ended: (name: string, detail: string) => `${name} ended, ${detail}.`,
  restarted: (name: string, detail: string) => `${name} is started again${detail ? ` after ${detail}` : ''}.`,
  wrote: (name: string, detail: string) => `${name} written on ${detail}.`,
  removed: (name: string, detail: string) => `${name} removed from ${detail}.`,
  answered: (name: string, detail: string) => `${name} answers a request, ${detail}.`,
  refused: (name: string, detail: string) => `A request to ${name} fails, ${detail}.`,
  asked: (name: string, detail: string) => `${name} sends a request, ${detail}.`,
  ready: (name: string) => `${name} is ready.`,
  notReady: (name: string) => `${name} is not ready any more.`,
  stopping: (name: string) => `${name} is being stopped.`,
  hook: (name: string) => `The preStop hook of ${name} runs.`,
  term: (name: string) => `${name} gets SIGTERM.`,
};

/** What each button says, and what there is to see. */
const TRIALS = {
  crash: ['Crash …', 'The container is started again in the same pod: same name, IP and volumes. Its neighbours run on.'],
  kill: [
    'Stop process 1 of …',
    'A server that handles SIGTERM ends, and its container is started again in place. One that does not runs on.',
  ],
  bind: ['Bind … twice', 'This starts a second server on the same port. The pod has only one port space, so it fails.'],
  fill: [
    'Fill the memory of …',
    'At its limit the container is killed (OOMKilled) and started again. The node and the neighbours do not suffer.',
  ],
  press: [
    'Take 1 GiB in …',
    'Without a limit it takes what the node has. When that runs short, the kubelet evicts who takes most beyond the request.',
  ],
  send: ['Ask … from outside', 'It comes to the one IP of the pod, and the container that listens on the port answers.'],
  remove: ['Delete …', 'Every container that mounts the volume sees at once that the file is gone.'],
  ask: ['Send a request to …', 'A neighbour asks over localhost: all containers share one network.'],
  delete: ['Delete the pod', 'All containers are stopped within one grace period. An emptyDir goes with the pod, a claim stays.'],
} as const;

export const insideEn = {
  stage: 'Inside the pod',
  back: 'Back to cluster',
  enter: 'Look inside',
  regions: { network: 'Network', containers: 'Containers', storage: 'Volumes' },
  oneIp: 'one IP for the pod',
  noIpYet: 'no IP yet',
  nodeNetwork: "the node's own network",
  localhost: 'localhost: one network for all',
  localhostShort: 'localhost',
  noDoor: 'no Service leads here',
  cpu: 'cpu',
  memory: 'mem',
  reads: 'reads',
  writes: 'writes',
  readOnly: 'ro',
  readWrite: 'read, write',
  readWriteShort: 'rw',
  alsoVolumes: ['The volume lives as', 'long as the pod and', 'outlives restarts.'] as readonly string[],
  role: (role: 'init' | 'main' | 'sidecar' | 'ephemeral') =>
    ({
      init: 'init, runs first',
      main: 'main container',
      sidecar: 'sidecar, starts first, stops last',
      ephemeral: 'ephemeral, for debugging',
    })[role],
  state,
  exit,
  lastRun: (exitCode: number, reason: string | undefined) => `last run: ${exit(exitCode, reason)}`,
  probe: ({ name, what }: ShownProbe) => `${PROBES[name]} ${what}`,
  probeResult: ({ result, periodSeconds }: ShownProbe, isLong: boolean) =>
    isLong ? `${RESULTS[result]}, every ${periodSeconds} s` : RESULTS[result],
  probesShort: (probes: readonly ShownProbe[]) => probes.map(({ name, result }) => `${PROBES[name]} ${RESULTS[result]}`).join(', '),
  status: (ready: number, of: number, age: string) => `Ready ${ready}/${of}, age ${age}`,
  statusOf: (word: string, ready: number, of: number) => `${word}, ready ${ready}/${of}`,
  resize: ({ reason }: { readonly reason?: string }) => (reason ? `resize ${reason}` : 'being resized'),
  requestsFrom: (service: string, port: number, more: number) =>
    `requests from Service ${service}, port ${port}${more > 0 ? ` and ${more} more` : ''}`,
  requestsShort: (service: string, port: number) => `Service ${service} :${port}`,
  doorClosed: (service: string) => `not ready: Service ${service} sends nothing`,
  volumeType,
  portTaken: (port: number) => `port ${port} is taken`,
  readsFile: (path: string) => `reads ${path}`,
  writesFile: (path: string) => `writes ${path}`,
  size: sizeText,
  written: (agoMs: number) => `written ${Math.max(0, Math.floor(agoMs / 1000))} s ago`,
  moreInits: (count: number) => `${count} more init`,
  moreMounts: (count: number) => (count === 1 ? '1 more mount' : `${count} more mounts`),
  moreFiles: (count: number) => (count === 1 ? '1 more file' : `${count} more files`),
  doorName: ({
    ip,
    doors,
  }: {
    readonly ip: string | undefined;
    readonly doors: readonly { readonly service: string; readonly port: number }[];
  }) =>
    `Door, ${ip ? `IP ${ip}` : 'no IP yet'}, ${doors.length === 0 ? 'no Service leads here' : doors.map(({ service, port }) => `Service ${service} port ${port}`).join(', ')}`,
  containerName: (
    {
      name,
      role,
      image,
      plugs,
      probes,
    }: {
      readonly name: string;
      readonly role: 'init' | 'main' | 'sidecar' | 'ephemeral';
      readonly image: string;
      readonly plugs: readonly { readonly port: number; readonly isClashing: boolean }[];
      readonly probes: readonly ShownProbe[];
    },
    said: string,
  ) =>
    [
      name,
      { init: 'init container', main: 'main container', sidecar: 'sidecar', ephemeral: 'ephemeral container' }[role],
      image,
      said,
      ...plugs.map(({ port, isClashing }) => (isClashing ? `port ${port} is taken` : `port ${port}`)),
      ...probes.map(({ name: probe, result }) => `${PROBES[probe]} probe ${RESULTS[result]}`),
    ].join(', '),
  plugName: (
    { port, isIdle, isClashing }: { readonly port: number; readonly isIdle: boolean; readonly isClashing: boolean },
    container: string,
  ) => `Port ${port} of ${container}${isClashing ? ', taken by another container' : isIdle ? ', nobody listens' : ''}`,
  mountName: (path: string, volume: string, container: string, isReadOnly: boolean) =>
    `${container} mounts ${volume} at ${path}, ${isReadOnly ? 'read only' : 'read and write'}`,
  volumeName: ({ name, files, complaint }: ShownVolume, type: string) =>
    `Volume ${name}, ${type}, ${complaint ? `${complaint}, ` : ''}${files.length === 0 ? 'no files' : files.length === 1 ? '1 file' : `${files.length} files`}`,
  fileName: ({ path, bytes }: { readonly path: string; readonly bytes: number }, volume: string, agoMs: number | undefined) =>
    `${path} on ${volume}, ${sizeText(bytes)}${agoMs === undefined || agoMs > 60_000 ? '' : `, written ${Math.floor(Math.max(0, agoMs) / 1000)} s ago`}`,
  event: (kind: keyof typeof EVENTS, name: string, detail: string) => EVENTS[kind](name, detail),
  panel: {
    shared: 'The containers share',
    notShared: 'They do not share',
    network: ['The network', 'one IP, one port space, localhost'] as readonly [string, string],
    volume: (name: string) => `The volume ${name}`,
    paths: (count: number) => (count === 2 ? 'two paths, the same files' : `${count} paths, the same files`),
    node: ['The node', 'always scheduled as one piece'] as readonly [string, string],
    ending: 'The ending',
    grace: (left: number) => `one grace period, ${left} s, for all`,
    sharedProcesses: ['Processes', 'each sees those of the others'] as readonly [string, string],
    root: ['Root filesystem', 'each has its own image'] as readonly [string, string],
    processes: ['Processes', 'unless you turn sharing on'] as readonly [string, string],
    limits: ['Limits', 'cpu and memory per container'] as readonly [string, string],
    restarts: ['Restarts', 'one can crash, the other runs on'] as readonly [string, string],
    breakIt: 'Try to break it',
    trial: (trial: keyof typeof TRIALS, what: string): string => TRIALS[trial][0].replace('…', what),
    /** `isStartedAgain` is false where the pod's restart policy lets the container be. */
    why: (trial: keyof typeof TRIALS, isStartedAgain?: boolean): string =>
      isStartedAgain === false ? 'The container ends. The restart policy of the pod says that it is not started again.' : TRIALS[trial][1],
    openShell: 'Open a shell',
    letGo: 'Close these details',
    image: 'Image',
    state: 'State',
    lastRun: 'Last run',
    uses: 'Uses',
    resize: 'Resize',
    asks: (request: string | number | undefined, limit: string | number | undefined) =>
      [request === undefined ? '' : `requests ${request}`, limit === undefined ? '' : `limit ${limit}`].filter(Boolean).join(', '),
    notKnown: 'What is inside is not known at this moment.',
    noEnvironment: 'Its manifest gives it no variables.',
    from: (source: string) => `from ${source}`,
    noProcesses: 'No process runs.',
    command: 'Command',
    noVolumes: 'This pod has no volumes, and its containers have written nothing.',
    noFiles: 'No files.',
    layer: (container: string) => `Written by ${container} outside volumes: lost with the container`,
    container: 'Container',
    previous: 'run before',
    follow: 'follow',
    printInTerminal: 'Print in the terminal',
    printedNothing: 'This run has printed nothing.',
    logOf: (container: string) => `Log of ${container}`,
    dropped: (count: number) => `${count} older lines are not kept.`,
  },
  eventCount: (count: number) => `${count} things happened.`,
};
