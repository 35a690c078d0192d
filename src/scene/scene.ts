// What there is to see: the world as owners with their cutters and pods, the lane of waiting pods, and the nodes as trays.
// A pure reading of one snapshot. Positions are layout.ts's business, words captions.ts's, and what the clock alone changes (levels,
// countdowns) is asked again for the moment that is drawn.

import { indexFrom } from '../base/indexFrom.ts';
import { Keyed } from '../base/keyed.ts';
import { Late } from '../base/late.ts';
import { POD_INSIDE } from '../kube/inside.ts';
import type { Node } from '../kube/kinds/node.ts';
import { isPodActive, isPodReady, type Pod } from '../kube/kinds/pod.ts';
import { conditionOf, controllerOf, fromTimestamp, type Key, type KubeObject, keyFor, keyOf, type Snapshot } from '../kube/meta.ts';
import { amountsOf, takenBy } from './amounts.ts';
import type { Drain } from './drains.ts';
import {
  type Decision,
  HAND_OWNER,
  isSilent,
  type OwnerGlyph,
  type PodGlyph,
  type Refusal,
  type Scene,
  stillToDrain,
  type TrayGlyph,
  type WaitingGlyph,
} from './glyphs.ts';
import type * as guards from './guards.ts';
import { type Looks, templateOf } from './looks.ts';
import type { placesOf } from './places.ts';
import { HAND_CUT } from './podRecord.ts';
import type * as scalers from './scalers.ts';
import type { LoadOf } from './scalers.ts';
import { whyTakenAway } from './takenAway.ts';
import { wantsOf } from './wants.ts';

// What not every world has to show. Each comes with the part of the program without which no world has such objects.
export const fixedPlaces = new Late<typeof placesOf>('sets');
export const budgets = new Late<typeof guards.mayLose>('limits');
export const services = new Late<typeof guards.doorsTo>('services');
export const scaling = new Late<Pick<typeof scalers, 'scalerOf' | 'loadsIn'>>('scaling');

export interface SceneInput {
  readonly snapshot: Snapshot;
  readonly looks: Looks;
  readonly decisionOf?: (pod: Key) => Decision | undefined;
  readonly loadOf?: LoadOf;
  /** When a CronJob cuts its next Job, where that is known. */
  readonly nextRunMs?: NextRun;
}

/** What is asked of every pod in every scene, column by column: a pod that did not change is not looked into again. */
interface PodColumns {
  readonly pods: readonly Pod[];
  readonly glyphs: readonly PodGlyph[];
  readonly owners: readonly string[];
  readonly nodes: readonly string[];
}

const NO_COLUMNS: PodColumns = { pods: [], glyphs: [], owners: [], nodes: [] };

export type NextRun = (object: KubeObject, afterMs: number) => number | undefined;

/** Reads scene after scene and hands out the same glyph where nothing changed, so that nothing below it is done twice. */
export class SceneReader {
  private last = NO_COLUMNS;
  /** What glyphs depend on besides their pods. */
  private ground: readonly unknown[] = [];
  private trays: ReadonlyMap<Key, TrayGlyph> = new Map();
  private scene: Scene | undefined;
  /** The objects of the owners in the last scene. */
  private owners: readonly (KubeObject | undefined)[] = [];
  /** The work of those that are scaled by it. */
  private loads: readonly (number | undefined)[] = [];
  private nextMs = Number.POSITIVE_INFINITY;
  private readMs = 0;

  read({ snapshot, looks, decisionOf, loadOf = NO_LOAD, nextRunMs }: SceneInput): Scene {
    const owners = readOwners(snapshot, looks);
    const nodes = snapshot.list('Node') as readonly Node[];
    const before = this.scene;
    const { glyphs, nodes: nodeNames } = this.readPods(snapshot.list('Pod') as readonly Pod[], nodes, owners, looks);
    const isEveryPodSame = isSameList(glyphs, before?.pods.list ?? []);
    const byNode = new Map<string, PodGlyph[]>();
    const nominated = new Map<string, PodGlyph[]>();
    const waiting: WaitingGlyph[] = [];
    glyphs.forEach((glyph, i) => {
      const nodeName = nodeNames[i];
      if (nodeName) return pushTo(byNode, nodeName, glyph);
      const { pod } = glyph;
      if (isPodActive(pod)) waiting.push({ pod: glyph, refusal: refusalOf(pod), decision: decisionOf?.(glyph.key) });
      if (pod.status.nominatedNodeName) pushTo(nominated, pod.status.nominatedNodeName, glyph);
    });
    const trays = nodes.map((node) => {
      const { name } = node.metadata;
      return this.readTray(node, byNode.get(name) ?? NO_PODS, nominated.get(name) ?? NO_PODS, looks.drains.of(name, snapshot.seq));
    });
    // Until something else comes into it the lane is the same one.
    const lane = before && isSameWaiting(waiting, before.lane.waiting) ? before.lane : { waiting };
    const objects = [...[...owners.values()].map(({ object }) => object), ...guardsIn(snapshot)];
    const loads = scaling.isThere ? scaling.get().loadsIn(snapshot, loadOf) : [];
    if (
      before &&
      isEveryPodSame &&
      this.holdsAt(snapshot.atMs) &&
      isSameList(objects, this.owners) &&
      isSameList(loads, this.loads) &&
      isSameList(trays, before.trays) &&
      lane === before.lane
    )
      return before;
    this.trays = new Map(trays.map((tray) => [tray.key, tray]));
    this.owners = objects;
    this.loads = loads;
    const shown = shownOwners(owners).map((owner) => furnished(owner, snapshot, nodes, loadOf, nextRunMs));
    this.nextMs = Math.min(...shown.map(({ nextMs }) => nextMs ?? Number.POSITIVE_INFINITY));
    this.readMs = snapshot.atMs;
    const byKey = before && isEveryPodSame ? before.pods : new Keyed(glyphs, ({ key }) => key);
    this.scene = { owners: shown, trays, lane, pods: byKey };
    return this.scene;
  }

  /** The glyphs of the pods, each given to its owner. */
  private readPods(list: readonly Pod[], nodes: readonly Node[], owners: Map<string, OwnerGlyph>, looks: Looks): PodColumns {
    const { last } = this;
    const ground = [looks, looks.epoch, ...nodes, ...owners.keys()];
    const hasSameGround = isSameList(ground, this.ground);
    const byName = new Map(nodes.map((node) => [node.metadata.name, node]));
    const columns = { pods: list, glyphs: [] as PodGlyph[], owners: [] as string[], nodes: [] as string[] };
    let owner: OwnerGlyph | undefined;
    let ownerUid: string | undefined;
    let at = 0;
    for (const pod of list) {
      const found = indexFrom(last.pods, pod, at);
      const isKnown = found >= 0;
      const uid = (isKnown ? last.owners[found] : controllerOf(pod)?.uid) ?? '';
      if (!owner || uid !== ownerUid || owner.kind === HAND_OWNER) owner = owners.get(uid) ?? handOwner(pod, owners);
      ownerUid = uid;
      const nodeName = (isKnown ? last.nodes[found] : pod.spec.nodeName) ?? '';
      let glyph = isKnown ? last.glyphs[found] : undefined;
      if (!glyph || !hasSameGround) {
        const node = nodeName ? byName.get(nodeName) : undefined;
        const isSame = glyph?.ownerKey === owner.key && glyph.node === node && glyph.record === looks.recordOf(pod);
        if (!glyph || !isSame) glyph = readPod(pod, node, looks, owner);
      }
      if (isKnown) at = found + 1;
      columns.glyphs.push(glyph);
      columns.owners.push(uid);
      columns.nodes.push(nodeName);
      owner.pods.push(glyph);
    }
    this.last = columns;
    this.ground = ground;
    return columns;
  }

  /** A schedule's next time is another one once it has come, and before the moment it was read at. */
  private holdsAt(atMs: number): boolean {
    return this.nextMs === Number.POSITIVE_INFINITY || (atMs >= this.readMs && atMs < this.nextMs);
  }

  private readTray(node: Node, pods: PodGlyph[], nominated: PodGlyph[], drain: Drain | undefined): TrayGlyph {
    const known = this.trays.get(keyOf(node));
    const isSame = known && known.node === node && isSameList(known.pods, pods) && isSameList(known.nominated, nominated);
    return isSame ? known : readTray(node, pods, nominated, drain);
  }
}

const NO_PODS: PodGlyph[] = [];
const NO_LOAD: LoadOf = () => undefined;

function isSameList<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function isSameWaiting(a: readonly WaitingGlyph[], b: readonly WaitingGlyph[]): boolean {
  return a.length === b.length && a.every(({ pod, decision }, i) => pod === b[i]?.pod && decision?.node === b[i]?.decision?.node);
}

function pushTo<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

// Owners

function readOwners(snapshot: Snapshot, looks: Looks): Map<string, OwnerGlyph> {
  const byUid = new Map<string, OwnerGlyph>();
  for (const table of snapshot.tables) {
    if (table === 'Pod' || table === 'Node' || table === 'Event' || table === POD_INSIDE) continue;
    for (const object of snapshot.list(table)) {
      if (!templateOf(object)) continue;
      byUid.set(object.metadata.uid ?? keyOf(object), readOwner(object, looks, snapshot.seq));
    }
  }
  for (const owner of byUid.values()) {
    const above = owner.object && controllerOf(owner.object);
    if (above) byUid.get(above.uid)?.parts.push(owner);
  }
  return byUid;
}

function readOwner(object: KubeObject, looks: Looks, seq: number): OwnerGlyph {
  const key = keyOf(object);
  const held = looks.templatesOf(key, seq);
  const before = held.at(-2);
  return {
    key,
    kind: object.kind,
    name: object.metadata.name,
    namespace: object.metadata.namespace ?? '',
    object,
    look: looks.ofTemplate(templateOf(object)),
    previous: before && looks.ofHash(before.hash),
    editedMs: before && held.at(-1)?.atMs,
    wants: wantsOf(object),
    ...BARE,
    pods: [],
    parts: [],
  };
}

const BARE = { places: [], mayLose: undefined, doors: [], scaler: undefined, nextMs: undefined };

/** Budgets, Services, claims and autoscalers: what the picture shows of owners beside the owners. */
function guardsIn(snapshot: Snapshot): readonly KubeObject[] {
  return GUARDS.flatMap((kind) => snapshot.list(kind));
}

const GUARDS = ['PodDisruptionBudget', 'Service', 'PersistentVolumeClaim', 'HorizontalPodAutoscaler'];

/** An owner with what is known only when all pods are. */
function furnished(
  owner: OwnerGlyph,
  snapshot: Snapshot,
  nodes: readonly Node[],
  loadOf: LoadOf,
  nextRunMs: NextRun | undefined,
): OwnerGlyph {
  if (!owner.object) return owner;
  return {
    ...owner,
    ...(fixedPlaces.isThere ? { places: fixedPlaces.get()(owner, snapshot, nodes) } : {}),
    ...(budgets.isThere ? { mayLose: budgets.get()(owner, snapshot) } : {}),
    ...(services.isThere ? { doors: services.get()(owner, snapshot) } : {}),
    ...(scaling.isThere ? { scaler: scaling.get().scalerOf(owner.key, snapshot, loadOf) } : {}),
    nextMs: nextRunMs?.(owner.object, snapshot.atMs),
  };
}

/** Those with no owner of their own, and the hand-cut pods last. A Deployment's idle ReplicaSets stay away. */
function shownOwners(owners: ReadonlyMap<string, OwnerGlyph>): OwnerGlyph[] {
  const shown: OwnerGlyph[] = [];
  const hand: OwnerGlyph[] = [];
  for (const owner of owners.values()) {
    if (owner.kind === HAND_OWNER) hand.push(owner);
    else if (!isPart(owner, owners)) shown.push(owner.parts.length ? { ...owner, parts: livingParts(owner) } : owner);
  }
  return [...shown, ...hand];
}

function isPart(owner: OwnerGlyph, owners: ReadonlyMap<string, OwnerGlyph>): boolean {
  const above = owner.object && controllerOf(owner.object);
  return above !== undefined && owners.has(above.uid);
}

function livingParts(owner: OwnerGlyph): OwnerGlyph[] {
  if (owner.kind === 'CronJob') return [...owner.parts].reverse();
  const revision = (part: OwnerGlyph) => Number(part.object?.metadata.annotations?.['deployment.kubernetes.io/revision'] ?? 0);
  return owner.parts
    .filter((part) => part.wants > 0 || part.pods.length > 0 || part.look === owner.look)
    .sort((a, b) => revision(b) - revision(a));
}

// Pods

function readPod(pod: Pod, node: Node | undefined, looks: Looks, owner: OwnerGlyph): PodGlyph {
  const record = looks.recordOf(pod);
  const above = owner.object && controllerOf(owner.object);
  return {
    key: record?.key ?? keyOf(pod),
    name: pod.metadata.name,
    pod,
    node,
    isReady: isPodActive(pod) && isPodReady(pod) && !isSilent(node),
    takes: takenBy(pod),
    look: record?.look ?? HAND_CUT,
    record,
    ownerKey: owner.key,
    ownerKind: owner.kind,
    aboveKey: above && keyFor(above.kind, owner.namespace, above.name),
  };
}

function handOwner({ metadata }: Pod, owners: Map<string, OwnerGlyph>): OwnerGlyph {
  const namespace = metadata.namespace ?? '';
  const key = `${HAND_OWNER}/${namespace}`;
  let owner = owners.get(key);
  if (!owner) {
    const nothing = { object: undefined, look: HAND_CUT, previous: undefined, editedMs: undefined, wants: 0, ...BARE, pods: [], parts: [] };
    owners.set(key, (owner = { key, kind: HAND_OWNER, name: metadata.name, namespace, ...nothing }));
  }
  return owner;
}

const CAUSE = /^(\d+) (.+)$/;

const refusals = new WeakMap<Pod, Refusal | typeof NONE>();
const NONE = 'none';

function refusalOf(pod: Pod): Refusal | undefined {
  let refusal = refusals.get(pod);
  if (!refusal) {
    const condition = conditionOf(pod.status.conditions, 'PodScheduled');
    refusal = condition?.status === 'False' ? readRefusal(condition.message ?? condition.reason ?? '') : NONE;
    refusals.set(pod, refusal);
  }
  return refusal === NONE ? undefined : refusal;
}

function readRefusal(message: string): Refusal {
  const head = /^(\d+)\/(\d+) nodes are available: (.*)$/s.exec(message);
  if (!head) return { message, fit: 0, nodes: 0, causes: [] };
  // What follows the first full stop that ends the list is about preemption.
  const list = (head[3] as string).split(/\. (?=preemption|no new claims)/)[0] as string;
  const causes = list
    .replace(/\.$/, '')
    .split(/, (?=\d+ )/)
    .map((part) => CAUSE.exec(part))
    .flatMap((found) => (found ? [{ count: Number(found[1]), cause: found[2] as string }] : []));
  return { message, fit: Number(head[1]), nodes: Number(head[2]), causes };
}

// Trays

const PRESSURES = ['MemoryPressure', 'DiskPressure', 'PIDPressure'];

function readTray(node: Node, pods: PodGlyph[], nominated: readonly PodGlyph[], drain: Drain | undefined): TrayGlyph {
  const ready = conditionOf(node.status?.conditions, 'Ready');
  const isReady = ready?.status === 'True';
  const isCordoned = node.spec?.unschedulable === true;
  const pressure = PRESSURES.find((type) => conditionOf(node.status?.conditions, type)?.status === 'True');
  const left = stillToDrain(pods);
  const isDraining = isCordoned && left > 0 && (drain?.hasBegun || pods.some(({ pod }) => whyTakenAway(pod) === 'evicted'));
  const state = !isReady ? 'notReady' : pressure ? 'pressure' : isDraining ? 'draining' : isCordoned ? 'cordoned' : 'ready';
  const capacity = amountsOf(node.status?.capacity ?? node.status?.allocatable);
  const free = amountsOf(node.status?.allocatable ?? node.status?.capacity);
  return {
    key: keyOf(node),
    name: node.metadata.name,
    node,
    state,
    word: pressure,
    sinceMs: isReady ? undefined : fromTimestamp(ready?.lastTransitionTime),
    isCordoned,
    isLost: isSilent(node),
    pods,
    nominated,
    drains: Math.max(left, drain?.pods ?? 0),
    capacity,
    system: { cpu: Math.max(0, capacity.cpu - free.cpu), memory: Math.max(0, capacity.memory - free.memory) },
  };
}
