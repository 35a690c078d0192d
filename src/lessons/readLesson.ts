// From the text of a lesson file to a lesson, with the line of every mistake. The format is described in README.md beside this file;
// nodes, runtime and what is done are written as in a scenario.
import type { Fault } from '../cluster/intents.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { Snapshot } from '../kube/meta.ts';
import { readFault } from '../scenario/fault.ts';
import type { Field } from '../scenario/field.ts';
import { type LibraryStep, machine } from '../scenario/library/library.ts';
import { fillPlaceholders } from '../scenario/placeholders.ts';
import { readFile } from '../scenario/readFile.ts';
import { machineOf, nodeActionOf, runtimeOf } from '../scenario/scenario.ts';
import type { Answer, Deeds, Goal, Lesson, LessonDeed, LessonStep, Look, PredictStep, Text } from './lesson.ts';
import { isTray, readPicture } from './picture.ts';
import { factOf, podFilterOf } from './readFact.ts';
import { tabsOf } from './tabs.ts';

/** Throws ScenarioError naming line and field. A lesson of the course has its title in the table of contents. */
export function readLesson(text: string, title?: Text): Lesson {
  return lessonOf(readFile(text, 'lesson'), title);
}

function lessonOf(root: Field, title: Text | undefined): Lesson {
  root.asMapOf('lesson', 'title', 'nodes', 'runtime', 'setup', 'steps', 'challenge');
  const id = root.at('lesson').asName();
  if (!/^[a-z0-9-]{1,40}$/.test(id)) root.at('lesson').fail('lessonName');
  const steps = root.at('steps').asList().map(stepOf);
  if (steps.length === 0) root.at('steps').fail('some');
  const machines = machinesOf(root.at('nodes'));
  return {
    id,
    title: title ?? textOf(root.at('title')),
    machines,
    runtime: runtimeOf(root.at('runtime')),
    setup: deedsOf(root.at('setup')),
    steps,
    challenge: challengeOf(root.at('challenge')),
  };
}

const NODES_MAX = 26;

/** A list as in a scenario, or a number: so many nodes as the scenarios of the menu have, node-a and on. */
function machinesOf(field: Field): Lesson['machines'] {
  if (typeof field.value !== 'number') {
    const machines = field.asList().map(machineOf);
    return machines.length > 0 ? machines : field.fail('some');
  }
  const count = field.asWhole();
  if (count < 1 || count > NODES_MAX) field.fail('between', 1, NODES_MAX);
  return Array.from({ length: count }, (_, i) => machine(String.fromCharCode(97 + i)));
}

function challengeOf(field: Field): Lesson['challenge'] {
  if (!field.isThere) return undefined;
  field.asMapOf('commands', 'par');
  const challenge = { commands: field.at('commands').asWhole(), par: field.at('par').asWhole() };
  if (challenge.par < 1 || challenge.par > challenge.commands) field.at('par').fail('par');
  return challenge;
}

const STEP_TYPES = ['read', 'predict', 'watch', 'goal', 'free'] as const;

/** Which keys a step of each type may have beside its type, `show` and `given`. */
const STEP_KEYS: Readonly<Record<LessonStep['type'], readonly string[]>> = {
  read: [],
  predict: ['question', 'pin', 'do', 'for', 'speed', 'answers', 'because', 'explain'],
  watch: ['do', 'for', 'speed', 'because'],
  goal: ['manifest', 'goals', 'hints', 'solution'],
  free: ['try'],
};

function stepOf(field: Field): LessonStep {
  field.asMap();
  const type = STEP_TYPES.find((each) => field.at(each).isThere);
  if (type === undefined) return field.fail('oneOf', STEP_TYPES.join(', '));
  field.asMapOf(type, 'show', 'given', ...STEP_KEYS[type]);
  const shown = { text: textOf(field.at(type)), look: lookOf(field.at('show')), given: deedsOf(field.at('given')) };
  switch (type) {
    case 'read':
      return { type, ...shown };
    case 'watch':
      return { type, ...shown, ...happeningOf(field) };
    case 'predict':
      return { type, ...shown, ...happeningOf(field), ...predictionOf(field) };
    case 'goal':
      return {
        type,
        ...shown,
        manifest: field.at('manifest').isThere ? writtenIn(field.at('manifest')) : undefined,
        goals: someOf(field.at('goals')).map(goalOf),
        hints: field.at('hints').asList().map(textOf),
        solution: solutionOf(field.at('solution')),
      };
    case 'free': {
      const lines = field.at('try').asList();
      return { type, ...shown, lines: lines.map((line) => line.asName()) };
    }
  }
}

function predictionOf(field: Field): Pick<PredictStep, 'question' | 'pinned' | 'answers' | 'explain'> {
  const answers = someOf(field.at('answers')).map(answerOf);
  if (answers.length < 2 || answers.length > 4) field.at('answers').fail('holds', 2, 4);
  const pin = field.at('pin');
  return {
    question: textOf(field.at('question')),
    pinned: pin.isThere ? podFilterOf(pin) : {},
    answers,
    explain: textOf(field.at('explain')),
  };
}

function happeningOf(field: Field) {
  const speed = field.at('speed');
  const speeds = [1, 10, 100] as const;
  const given = speeds.find((each) => each === (speed.value ?? 1));
  if (given === undefined) speed.fail('oneOf', speeds.join(', '));
  return {
    does: deedsOf(field.at('do')),
    watchMs: durationOf(field.at('for')),
    speed: given as 1 | 10 | 100,
    because: textOf(field.at('because')),
  };
}

/** With its unit: of a bare number nobody knows whether it is seconds. */
function durationOf(field: Field): number {
  return typeof field.value === 'number' ? field.fail('durationWithUnit') : field.asMs();
}

/** Where a number would be a slip. */
function writtenIn(field: Field): string {
  return typeof field.value === 'string' ? field.value : field.fail('text');
}

function answerOf(field: Field): Answer {
  field.asMapOf('text', 'picture', 'guess', 'if');
  const picture = readPicture(field.at('picture').asName());
  if (!picture) field.at('picture').fail('picture');
  const guessed = field.at('guess');
  const [guess, more] = (guessed.isThere && readPicture(guessed.asName())) || [];
  if (guessed.isThere && (!guess || more || isTray(guess))) guessed.fail('guess');
  return {
    text: textOf(field.at('text')),
    picture: picture as Answer['picture'],
    guess: guess as Answer['guess'],
    isTrueIf: factOf(field.at('if')),
  };
}

/** How it is done is what a learner can ask for, and what proves the goal. */
function solutionOf(field: Field): Deeds {
  someOf(field);
  return deedsOf(field);
}

function goalOf(field: Field): Goal {
  field.asMapOf('text', 'if');
  return { text: textOf(field.at('text')), isReachedIf: factOf(field.at('if')) };
}

function lookOf(field: Field): Look | undefined {
  if (!field.isThere) return undefined;
  field.asMapOf('object', 'tab', 'inside');
  const object = field.at('object').asName();
  const [, kind = ''] = /^(\w+)\/./.exec(object) ?? field.at('object').fail('object');
  const tab = field.at('tab');
  if (tab.isThere && !tabsOf(kind).includes(tab.asName())) tab.fail('oneOf', tabsOf(kind).join(', '));
  return {
    object,
    tab: tab.isThere ? tab.asName() : undefined,
    isInside: field.at('inside').asBoolean(false),
  };
}

/** One text for all languages, or one for each by its code. */
export function textOf(field: Field): Text {
  if (typeof field.value === 'string') return { en: field.asName().trim() };
  const codes = typeof field.value === 'object' && field.isThere && !Array.isArray(field.value) ? Object.keys(field.asMap()) : [];
  if (codes.length === 0) field.fail('texts');
  return Object.fromEntries(codes.map((code) => [code, writtenIn(field.at(code)).trim() || field.at(code).fail('notEmpty')]));
}

function someOf(field: Field): Field[] {
  const list = field.asList();
  if (list.length === 0) field.fail('some');
  return list;
}

// What is done -------------------------------------------------------------------------------------------------------

const DEED_TYPES = ['kubectl', 'node', 'crash', 'fault', 'typed', 'wait'] as const;

function deedsOf(field: Field): Deeds {
  const steps: LessonDeed[] = [];
  let atMs = 0;
  for (const each of field.asList()) {
    each.asMapOf('stdin', ...DEED_TYPES);
    const types = DEED_TYPES.filter((type) => each.at(type).isThere);
    if (types.length !== 1) each.fail('oneOf', DEED_TYPES.join(', '));
    if (types[0] === 'wait') atMs += durationOf(each.at('wait'));
    else steps.push({ atMs, line: each.line, ...deedOf(each, types[0] as (typeof DEED_TYPES)[number]) });
  }
  return { steps, lengthMs: atMs };
}

function deedOf(field: Field, type: (typeof DEED_TYPES)[number]): Omit<LibraryStep, 'atMs'> {
  if (type === 'node') return { fault: faultOf(nodeActionOf(field.at('node'))) };
  if (type === 'crash') {
    const pod = field.at('crash').asName();
    return { fault: (snapshot) => crashOf(fillPlaceholders(pod, snapshot), snapshot) };
  }
  if (type === 'typed') return { typed: writtenIn(field.at('typed')) };
  if (type === 'fault') {
    const fault = field.at('fault');
    if (!readFault(fault.asMap())) fault.fail('fault');
    const text = JSON.stringify(fault.value);
    return { fault: (snapshot) => readFault(JSON.parse(fillPlaceholders(text, snapshot))) };
  }
  const line = `kubectl ${field.at('kubectl').asName()}`;
  const stdin = field.at('stdin');
  return {
    kubectl: line.includes('{{') ? (snapshot) => fillPlaceholders(line, snapshot) : line,
    ...(stdin.isThere ? { stdin: writtenIn(stdin) } : {}),
  };
}

function faultOf(action: ReturnType<typeof nodeActionOf>): Fault {
  if (action.type === 'add') return { type: 'addNode', machine: action.machine };
  return { type: `${action.type}Node`, name: action.name };
}

/** `web-x7k2p` or `web-x7k2p/sidecar`. */
function crashOf(text: string, snapshot: Snapshot): Fault | undefined {
  const [name, container] = text.split('/');
  const pod = snapshot.list('Pod').find(({ metadata }) => metadata.name === name) as Pod | undefined;
  if (!pod) return undefined;
  const { metadata, spec } = pod;
  return {
    type: 'exitContainer',
    namespace: metadata.namespace ?? 'default',
    pod: metadata.name,
    container: container ?? spec.containers[0]?.name ?? '',
    exitCode: 1,
  };
}
