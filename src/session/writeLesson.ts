// A recorded world as the text of a lesson file that loads as it is: what the scenario did before the first deed is the setup, what a
// person did is the solution of a goal, and what came of it are its goals. Without deeds it is something to watch. The words are
// stand-ins for the author's own.
//
//   0 ──── scenario ────┬──── deeds, the scenario going on ────┬
//          setup        opens                                  the moment shown
import type { Fault, KubeletRuntime, Machine } from '../cluster/intents.ts';
import type { LearnMessages } from '../i18n/language.ts';
import { writeYaml } from '../kube/yaml.ts';
import { LEAD_MS } from '../lessons/lesson.ts';
import { type LibraryStep, machine } from '../scenario/library/library.ts';
import { podPlaceholders } from './podPlaceholders.ts';
import { proposedGoals } from './proposedGoals.ts';
import type { Done, Recording } from './recording.ts';

type Words = LearnMessages['course']['draft'];
type Written = Readonly<Record<string, unknown>>;

/** The shortest time that is watched. */
const WATCH_MIN_MS = 1000;

export function writeLesson(recording: Recording, words: Words): string {
  const { machines, runtime, done, endMs } = recording;
  const firstAtMs = done.find(({ isDeed }) => isDeed)?.step.atMs;
  const beganMs = beginningOf(recording, firstAtMs);
  const isBefore = (step: LibraryStep) => (firstAtMs === undefined ? step.atMs <= beganMs : step.atMs < firstAtMs);
  // What the scenario does at the very moment of the first deed comes before it.
  const first = done.findIndex(({ step, isDeed }) => isDeed || !isBefore(step));
  const count = first < 0 ? done.length : first;
  const goals = firstAtMs === undefined ? [] : proposedGoals(recording.viewAt(beganMs), recording.viewAt(endMs), words.goals);
  const lastMs = Math.max(endMs, beganMs + LEAD_MS + WATCH_MIN_MS);
  const deeds = deedsOf(done.slice(count), beganMs + LEAD_MS, lastMs);
  const happening: Written =
    goals.length > 0
      ? { goal: words.goal, goals, hints: [words.hint], solution: deeds }
      : { watch: words.watch, do: deeds, for: durationText(lastMs - beganMs - LEAD_MS), because: words.because };
  const lesson = {
    lesson: 'my-lesson',
    title: words.title,
    nodes: nodesOf(machines),
    ...(Object.keys(runtime).length > 0 ? { runtime: runtimeText(runtime) } : {}),
    setup: deedsOf(done.slice(0, count), 0, beganMs),
    steps: [{ read: words.read }, happening, { free: words.free, try: ['kubectl get pods -o wide'] }],
  };
  return `# ${words.comment}\n${writeYaml(lesson)}`;
}

/** The moment on which the lesson's own step opens: so long before the first deed as a step waits before it begins. */
function beginningOf({ done, openAtMs, endMs }: Recording, firstAtMs: number | undefined): number {
  if (firstAtMs === undefined) return Math.min(openAtMs, endMs);
  const earlier = done.filter(({ step, isDeed }) => !isDeed && step.atMs < firstAtMs).map(({ step }) => step.atMs);
  return Math.max(0, firstAtMs - LEAD_MS, ...earlier);
}

/** Deeds with the waits between them, and up to the end. */
function deedsOf(done: readonly Done[], fromMs: number, toMs: number): readonly Written[] {
  const deeds: Written[] = [];
  let atMs = fromMs;
  const wait = (untilMs: number): void => {
    if (untilMs > atMs) deeds.push({ wait: durationText(untilMs - atMs) });
    atMs = Math.max(atMs, untilMs);
  };
  for (const { step, before } of done) {
    wait(step.atMs);
    const named = podPlaceholders(before);
    const line = typeof step.kubectl === 'function' ? step.kubectl(before) : step.kubectl;
    const fault = typeof step.fault === 'function' ? step.fault(before) : step.fault;
    if (line)
      deeds.push({ kubectl: named(line.replace(/^(kubectl|k)\s+/, '')), ...(step.stdin === undefined ? {} : { stdin: step.stdin }) });
    if (step.typed !== undefined) deeds.push({ typed: step.typed });
    if (fault) deeds.push(faultText(fault, named));
  }
  wait(toMs);
  return deeds;
}

function faultText(fault: Fault, named: (text: string) => string): Written {
  switch (fault.type) {
    case 'failNode':
      return { node: { fail: fault.name } };
    case 'recoverNode':
      return { node: { recover: fault.name } };
    case 'removeNode':
      return { node: { remove: fault.name } };
    case 'addNode':
      return { node: { add: fault.machine } };
    default:
      return { fault: JSON.parse(named(JSON.stringify(fault))) };
  }
}

/** A number where they are the machines that a number means. */
function nodesOf(machines: readonly Machine[]): unknown {
  const plain = machines.map((_, i) => machine(String.fromCharCode(97 + i)));
  return JSON.stringify(plain) === JSON.stringify(machines) ? machines.length : machines;
}

function runtimeText({ startupMs, shutdownMs, pullMs, scripts, eviction }: Partial<KubeletRuntime>): Written {
  const duration = (ms: number | undefined) => (ms === undefined ? undefined : durationText(ms));
  return {
    startup: duration(startupMs),
    shutdown: duration(shutdownMs),
    pull: duration(pullMs),
    scripts,
    eviction: eviction && {
      'memory-hard': eviction.memoryHardBytes,
      'memory-soft': eviction.memorySoftBytes,
      'soft-grace': duration(eviction.softGraceMs),
      'min-reclaim': eviction.minReclaimBytes,
      transition: duration(eviction.transitionMs),
    },
  };
}

function durationText(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${ms}ms`;
}
