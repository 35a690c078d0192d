// The words on the stage, and how wide they are. The texts come from the language in use; this file says which ones are needed.
// Widths are measured once from IBM Plex Sans (thousandths of the size, printable ASCII), so that layout needs no DOM.
import type { PodState } from './podState.ts';

/** Of the heat-map and what its marks say. */
export interface HeatWords {
  readonly oneMark: string;
  readonly noZone: string;
  readonly colourBy: string;
  readonly colourings: { readonly template: string; readonly cpu: string; readonly memory: string; readonly state: string };
  readonly lens: string;
  readonly pressure: string;
  readonly lensGo: string;
  title(nodes: number, pods: number): string;
  allFrom(letter: string): string;
  lensTitle(nodes: number, pods: number): string;
}

/** Of a HorizontalPodAutoscaler and the load that drives it. */
export interface ScalerWords {
  readonly load: string;
  readonly noLoad: string;
  readonly notMeasured: string;
  range(min: number, max: number): string;
  now(count: number): string;
  measured(name: string, now: string, target: string): string;
}

export interface SceneMessages {
  readonly cutter: string;
  readonly inTheHand: string;
  readonly noOwner: string;
  readonly noCutter: string;
  readonly nobodyReplaces: (pods: number) => string;
  readonly onePerThread: string;
  readonly noThreadLeaves: readonly [string, string];
  readonly queue: string;
  readonly queueShort: string;
  readonly nothingWaiting: string;
  readonly noNodeFits: string;
  readonly cpu: string;
  readonly memory: string;
  readonly unknown: string;
  readonly ready: string;
  readonly notReady: string;
  readonly cordoned: string;
  readonly wants: string;
  readonly noNodes: string;
  readonly stage: string;
  readonly fewer: string;
  readonly more: string;
  readonly regions: { readonly owners: string; readonly queue: string; readonly trays: string };
  has(wants: number, has: number, ready: number): string;
  wantsReady(wants: number, ready: number): string;
  wantsPart(wants: number): string;
  readyPart(ready: number): string;
  readonly perNode: string;
  readonly staysWithItsNode: string;
  readonly jobComplete: string;
  readonly suspended: string;
  jobDone(done: number, of: number | undefined): string;
  jobRunning(count: number): string;
  jobFailed(reason: string): string;
  triesFailed(count: number, limit: number, isPerIndex: boolean): string;
  lastRun(job: string, how: string): string;
  nextRun(time: string): string;
  waitsFor(pod: string): string;
  /** A budget: how many pods may be evicted now. */
  mayLose(count: number): string;
  /** On the plate of a Service: how many pods stand behind it. */
  behindDoor(ready: number): string;
  readonly scaler: ScalerWords;
  readonly heat: HeatWords;
  /** `2,000`. */
  number(n: number): string;
  /** A place that victims make free for a pod. */
  keptFor(pod: string): string;
  withDisk(claim: string): string;
  ownsMatching(): string;
  was(letter: string): string;
  becameFrom(from: string, to: string): string;
  editedAt(time: string): string;
  cutAt(time: string, letter: string): string;
  atMost(count: number): string;
  atLeast(count: number): string;
  revision(number: number): string;
  wasRevision(letter: string, number: number): string;
  growing(from: number, to: number): string;
  shrinking(from: number, to: number): string;
  pods(count: number): string;
  waiting(count: number): string;
  nextNode(node: string, score: number | undefined): string;
  /** One cause out of a FailedScheduling sentence: how many nodes, and Kubernetes' own words for why not. */
  lacks(count: number, cause: string): string;
  /** Why a pod waits that no count of nodes tells of, out of Kubernetes' own sentence. */
  refused(message: string): string;
  nodesFit(fit: number, all: number): string;
  notReadyFor(time: string): string;
  draining(left: number, of: number): string;
  replacementsCut(count: number): string;
  state(state: PodState): string;
  /** "web-x7k2p, cut from A, ready, on node-a, 2 of 4". */
  podName(pod: string, letter: string, state: string, node: string | undefined, index: number, of: number): string;
  ownerName(name: string, kind: string, letter: string, count: string): string;
  doorName(service: string, ready: number, owner: string): string;
  nodeName(name: string, state: string, pods: number): string;
  event(
    kind:
      | 'cut'
      | 'bound'
      | 'ready'
      | 'terminating'
      | 'gone'
      | 'crashed'
      | 'evicted'
      | 'preempted'
      | 'lost'
      | 'found'
      | 'cordoned'
      | 'uncordoned'
      | 'edited'
      | 'podEdited'
      | 'restarted'
      | 'succeeded'
      | 'failed',
    name: string,
    where: string,
  ): string;
  eventCount(count: number): string;
  podNeverMoves: string;
  /** On the plate of a learner's guess. */
  readonly myGuess: string;
  comesNext(letter: string): string;
}

// prettier-ignore
const REGULAR = [
  24, 28, 42, 71, 60, 93, 69, 24, 33, 33, 45, 60, 27, 40, 27, 38, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 29, 29, 60, 60, 60, 48, 89, 64,
  65, 62, 67, 58, 56, 69, 71, 40, 51, 63, 50, 81, 71, 71, 61, 71, 64, 58, 57, 68, 61, 89, 61, 59, 58, 32, 38, 32, 60, 56, 60, 53, 58, 50,
  58, 55, 32, 53, 57, 25, 25, 53, 27, 87, 57, 56, 58, 58, 37, 49, 35, 57, 49, 77, 51, 50, 46, 34, 31, 34, 60,
];
// prettier-ignore
const BOLD = [
  24, 31, 47, 66, 60, 96, 71, 26, 34, 34, 56, 60, 30, 40, 30, 44, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60, 32, 32, 60, 60, 60, 49, 90, 67,
  66, 64, 69, 60, 58, 71, 72, 42, 54, 68, 52, 82, 72, 71, 64, 71, 66, 61, 58, 69, 64, 95, 65, 63, 60, 33, 44, 33, 60, 56, 60, 56, 60, 51,
  60, 56, 35, 54, 59, 27, 27, 56, 29, 89, 59, 56, 60, 60, 39, 50, 37, 59, 52, 82, 54, 52, 50, 36, 38, 36, 60,
];

export interface Face {
  readonly size: number;
  readonly isBold?: boolean;
  readonly isMono?: boolean;
}

export function textWidth(text: string, { size, isBold = false, isMono = false }: Face): number {
  const table = isBold ? BOLD : REGULAR;
  let units = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    // Hangul is nearly square in Plex Sans KR; other letters are about as wide as an n.
    units += code >= 0x1100 ? 89 : isMono ? 60 : (table[code - 32] ?? 57);
  }
  return (units * size) / 100;
}

/** The text, or as much of it as fits with an ellipsis. */
export function fit(text: string, width: number, face: Face): string {
  if (textWidth(text, face) <= width) return text;
  let end = text.length - 1;
  while (end > 0 && textWidth(`${text.slice(0, end)}…`, face) > width) end--;
  return end > 0 ? `${text.slice(0, end)}…` : '';
}

/** The face of the names under the pods. */
export const POD_NAME: Face = { size: 12.5, isMono: true };

/** A pod's name where there is room, else its own last part, which is what tells it from its siblings. */
export function fitPodName(name: string, width: number, face: Face, isShort = false): string {
  if (!isShort && textWidth(name, face) <= width) return name;
  const suffix = name.slice(name.lastIndexOf('-') + 1);
  // An ordinal alone says too little.
  if (suffix.length < 3) return fit(name, width, face);
  return fit(suffix || name, width, face);
}

/** `2:31`, `1:02:05`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (n: number) => String(n).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes}:${two(seconds % 60)}` : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}
