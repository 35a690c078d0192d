// Why did this happen? Walks from a change to what caused it, and on, until a person, or time alone, began it. Where a chain of causes
// ends at a timer, what set the timer going is found in the log: a taint before an eviction, silence before NotReady, load before a
// new size, a schedule before a Job.
//
//   pod is ready ◀ scheduler bound it ◀ ReplicaSet cut it ◀ Deployment scaled its ReplicaSet ◀ `kubectl scale …`
import type { Fault, LoggedIntent } from '../cluster/intents.ts';
import type { HorizontalPodAutoscaler } from '../kube/kinds/autoscaler.ts';
import type { Node } from '../kube/kinds/node.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import { type Change, controllerOf, type Key, type KubeObject, keyFor, keyOf, keyReferred } from '../kube/meta.ts';
import type { TerminalEntry } from './session.ts';

export interface CauseLog {
  readonly changes: readonly Change[];
  readonly intents: readonly LoggedIntent[];
  readonly terminal: readonly TerminalEntry[];
}

/** Why a timer fired: what was waited for. */
export type Waited = 'toleration' | 'heartbeat' | 'schedule' | 'measurement' | 'time';

export type CauseStep =
  | { readonly type: 'change'; readonly atMs: number; readonly change: Change }
  | { readonly type: 'waited'; readonly atMs: number; readonly forWhat: Waited; readonly waitedMs: number }
  /** What was asked for: a line typed, or that a button or a step of the scenario stands for. */
  | { readonly type: 'deed'; readonly atMs: number; readonly line: string }
  /** What befell a machine or a container. */
  | { readonly type: 'fault'; readonly atMs: number; readonly fault: Fault };

const STEPS_MAX = 40;

/** From the change itself to its first cause. */
export function causesOf(change: Change, log: CauseLog): readonly CauseStep[] {
  const steps: CauseStep[] = [];
  let at: Change | undefined = change;
  while (at && steps.length < STEPS_MAX) {
    steps.push({ type: 'change', atMs: at.atMs, change: at });
    // A kubelet's timers all go back to the binding; what a container did just before says more.
    const last: Change | undefined = at === change && at.actor === 'kubelet' ? before(at, log) : undefined;
    if (last && last.seq > (at.cause ?? 0)) at = last;
    else if (at.cause !== undefined) at = log.changes[at.cause - 1];
    else {
      const { more, next } = beginning(at, log);
      steps.push(...more);
      at = next;
    }
  }
  return steps.filter((step, i) => !isRepeated(steps[i - 1], step));
}

/** A controller that writes several objects in a row names each as the cause of the next. */
function isRepeated(last: CauseStep | undefined, step: CauseStep): boolean {
  if (last?.type !== 'change' || step.type !== 'change') return false;
  const [a, b] = [last.change, step.change];
  if (a.actor !== b.actor || a.verb !== b.verb || a.table !== b.table) return false;
  return a.key !== b.key;
}

interface Beginning {
  readonly more: readonly CauseStep[];
  /** Where the walk goes on. */
  readonly next?: Change | undefined;
}

/** What stands behind a change that no other change caused. */
function beginning(change: Change, log: CauseLog): Beginning {
  const { actor, table, atMs } = change;
  if (actor === 'user') return { more: deedAt(change, log) };
  if (actor === 'system') return { more: [] };
  if (actor === 'taint-eviction-controller' && table === 'Pod') {
    const next = lastTaint(change, log);
    if (next) return { more: [waited(atMs, 'toleration', next.atMs)], next };
  }
  if (actor === 'node-lifecycle-controller') {
    const silence = lastIntent(log, atMs, ({ intent }) => intent.type === 'failNode' && intent.name === nodeNameOf(change));
    if (silence) return { more: [waited(atMs, 'heartbeat', silence.atMs), fault(silence)] };
  }
  if (actor === 'horizontal-pod-autoscaler-controller') {
    const load = lastIntent(
      log,
      atMs,
      ({ intent }) => intent.type === 'load' && isScaledBy(change, keyFor(intent.kind, intent.namespace, intent.name)),
    );
    if (load) return { more: [waited(atMs, 'measurement', load.atMs), fault(load)] };
  }
  if (table === 'Job' && actor === 'cronjob-controller') return bySchedule(change, log);
  if (actor === 'kubelet' && table === 'Pod') {
    const exit = lastIntent(
      log,
      atMs,
      ({ intent, atMs: doneMs }) => intent.type === 'exitContainer' && isPod(change, intent) && atMs - doneMs < 2000,
    );
    if (exit) return { more: [fault(exit)] };
  }
  const next = before(change, log);
  return next ? { more: [waited(atMs, 'time', next.atMs)], next } : { more: [] };
}

function waited(atMs: number, forWhat: Waited, sinceMs: number): CauseStep {
  return { type: 'waited', atMs, forWhat, waitedMs: atMs - sinceMs };
}

function fault({ atMs, intent }: LoggedIntent): CauseStep {
  return { type: 'fault', atMs, fault: intent as Fault };
}

function lastIntent(log: CauseLog, atMs: number, fits: (one: LoggedIntent) => boolean): LoggedIntent | undefined {
  return log.intents.findLast((one) => one.atMs <= atMs && fits(one));
}

/** The line that wrote: of those typed at that moment, or a command that still ran, as a drain does. */
function deedAt({ atMs }: Change, { terminal, intents }: CauseLog): readonly CauseStep[] {
  const known = intents.findLast((one) => one.atMs === atMs && one.intent.type === 'request' && one.line);
  const entry = terminal.findLast(({ line, atMs: typedMs }) => typedMs <= atMs && WRITES.test(line));
  const line = known?.line ?? entry?.line;
  return line === undefined ? [] : [{ type: 'deed', atMs: known?.atMs ?? entry?.atMs ?? atMs, line }];
}

const WRITES =
  /^(kubectl |k )?(-n \S+ )?(apply|create|run|delete|scale|autoscale|set|patch|label|annotate|edit|replace|expose|taint|cordon|uncordon|drain|rollout (undo|restart|pause|resume))\b/;

/** The last time that the taints of the pod's node changed. */
function lastTaint({ before: pod, after, seq }: Change, { changes }: CauseLog): Change | undefined {
  const key = keyFor('Node', undefined, ((after ?? pod) as Pod).spec.nodeName ?? '');
  const taintsOf = (object: KubeObject | undefined) => (object as Node | undefined)?.spec.taints;
  return lastOf(key, seq, changes, (change) => change.after !== undefined && taintsOf(change.before) !== taintsOf(change.after));
}

/** The CronJob was made by somebody; from then on it is due by itself. */
function bySchedule({ after, atMs, seq }: Change, { changes }: CauseLog): Beginning {
  const owner = after && controllerOf(after);
  if (!owner) return { more: [] };
  const key = keyReferred(owner, after.metadata.namespace);
  const next = lastOf(key, seq, changes, ({ actor }) => actor === 'user');
  return { more: [waited(atMs, 'schedule', next?.atMs ?? atMs)], next };
}

/** The change of the same object before this one. */
function before({ key, seq }: Change, { changes }: CauseLog): Change | undefined {
  return lastOf(key, seq, changes, () => true);
}

function lastOf(key: Key, seq: number, changes: readonly Change[], fits: (change: Change) => boolean): Change | undefined {
  for (let i = seq - 2; i >= 0; i--) {
    const change = changes[i] as Change;
    if (change.key === key && fits(change)) return change;
  }
  return undefined;
}

function nodeNameOf({ table, after, before: old }: Change): string | undefined {
  const object = after ?? old;
  return table === 'Node' ? object?.metadata.name : (object as Pod | undefined)?.spec?.nodeName;
}

function isScaledBy({ key, table, after }: Change, owner: Key): boolean {
  if (key === owner) return true;
  const target = table === 'HorizontalPodAutoscaler' ? (after as HorizontalPodAutoscaler | undefined) : undefined;
  return target !== undefined && keyReferred(target.spec.scaleTargetRef, target.metadata.namespace) === owner;
}

function isPod({ after, before: old }: Change, { namespace, pod }: { readonly namespace: string; readonly pod: string }): boolean {
  const object = after ?? old;
  return object !== undefined && keyOf(object) === keyFor('Pod', namespace, pod);
}
