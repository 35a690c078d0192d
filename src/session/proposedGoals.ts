// Goals for a lesson made of a recorded world: what is so at its end and was not so at its beginning, as facts that the lesson file can
// hold. Each is checked with the same judge as a learner's world, and only what it finds true is proposed.
import type { LearnMessages } from '../i18n/language.ts';
import { isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type KubeObject, type Snapshot } from '../kube/meta.ts';
import { isTrue } from '../lessons/fact.ts';
import { factOf } from '../lessons/readFact.ts';
import { Field } from '../scenario/field.ts';

/** As the file writes it. */
export interface ProposedGoal {
  readonly text: string;
  readonly if: unknown;
}

type Words = LearnMessages['course']['draft']['goals'];

/** More would not be one task. */
const GOALS_MAX = 6;
/** Made and changed by the cluster itself, or told by what the pods are. */
const PASSED_OVER = new Set(['Event', 'PodInside', 'EndpointSlice', 'ControllerRevision', 'Lease']);

export function proposedGoals(before: Snapshot, after: Snapshot, words: Words): readonly ProposedGoal[] {
  const isReached = (goal: ProposedGoal, at: Snapshot) =>
    isTrue(factOf(new Field(goal.if, [], () => undefined)), { before, after: at, moments: () => [at] });
  return [...podGoals(before, after, words), ...objectGoals(before, after, words)]
    .filter((goal) => isReached(goal, after) && !isReached(goal, before))
    .slice(0, GOALS_MAX);
}

/** How many pods of each label and image serve; how many there are of each label altogether. */
function podGoals(before: Snapshot, after: Snapshot, words: Words): readonly ProposedGoal[] {
  const goals = new Map<string, ProposedGoal>();
  for (const pod of [...podsOf(after), ...podsOf(before)]) {
    const named = nameOf(pod);
    const [image = ''] = pod.spec.containers.map((container) => container.image ?? '');
    const alike = podsOf(after).filter((each) => nameOf(each).text === named.text);
    const serving = alike.filter((each) => isPodReady(each) && each.spec.containers.some((container) => container.image === image));
    goals.set(`${named.text} ${image}`, {
      text: words.serve(serving.length, named.text, image),
      if: { pods: { ...named.filter, image, ready: true }, count: serving.length },
    });
    if (controllerOf(pod))
      goals.set(named.text, { text: words.pods(alike.length, named.text), if: { pods: named.filter, count: alike.length } });
  }
  return [...goals.values()];
}

/** Pods of an owner by their first label; one made by hand by its name. */
function nameOf({ metadata, ...rest }: Pod): { readonly text: string; readonly filter: Readonly<Record<string, unknown>> } {
  const [label] = Object.entries(metadata.labels ?? {});
  if (!label || !controllerOf({ metadata, ...rest })) return { text: metadata.name, filter: { name: metadata.name } };
  return { text: label.join('='), filter: { labels: Object.fromEntries([label]) } };
}

const podsOf = (snapshot: Snapshot) => snapshot.list('Pod') as readonly Pod[];

/** Objects of nobody else that were made or deleted, and values of their spec that became others. */
function objectGoals(before: Snapshot, after: Snapshot, words: Words): readonly ProposedGoal[] {
  const olds = objectsOf(before);
  const news = objectsOf(after);
  const made = [...news.keys()].filter((name) => !olds.has(name)).map((object) => ({ text: words.made(object), if: { object } }));
  const gone = [...olds.keys()]
    .filter((name) => !news.has(name))
    .map((object) => ({ text: words.deleted(object), if: { not: { object } } }));
  const changed = [...news].flatMap(([object, now]) => {
    if (now.kind === 'Pod') return [];
    const then = new Map(leavesOf(olds.get(object)?.spec, 'spec'));
    return leavesOf(olds.has(object) ? now.spec : undefined, 'spec')
      .filter(([path, value]) => then.get(path) !== value)
      .map(([path, is]) => ({ text: words.field(object, path, String(is)), if: { object, path, is } }));
  });
  return [...changed, ...made, ...gone];
}

function objectsOf(snapshot: Snapshot): ReadonlyMap<string, KubeObject> {
  const all = snapshot.tables.filter((kind) => !PASSED_OVER.has(kind));
  const objects = all.flatMap((kind) => snapshot.list(kind).filter((object) => !object.metadata.ownerReferences?.length));
  return new Map(objects.map((object) => [`${object.kind}/${object.metadata.name}`, object]));
}

/** `spec.replicas` 3: every plain value with its path, but no moments; keys with a dot in them cannot be written as one. */
function leavesOf(value: unknown, path: string): readonly (readonly [string, unknown])[] {
  if (value === undefined || value === null) return [];
  if (typeof value !== 'object') return [[path, value]];
  return Object.entries(value).flatMap(([key, each]) => (key.includes('.') || key === 'timeAdded' ? [] : leavesOf(each, `${path}.${key}`)));
}
