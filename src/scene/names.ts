// The full name of each object on the stage in words, for screen readers: "web-x7k2p, cut from A, ready, on node-a, 2 of 4".
import type { Key } from '../kube/meta.ts';
import type { SceneMessages } from './captions.ts';
import { claimOf } from './disk.ts';
import { HAND_OWNER, type OwnerGlyph, type PodGlyph, podsUnder } from './glyphs.ts';
import type { Layout } from './layout.ts';
import { countText, noteFor, scalerWords } from './ownerWords.ts';
import { podState } from './podState.ts';
import type { Scaler } from './scalers.ts';
import { trayWords } from './trayMarks.ts';

export function nameOf(key: Key, layout: Layout, messages: SceneMessages, atMs: number): string | undefined {
  const pod = layout.scene.pods.get(key);
  if (pod) return nameOfPod(pod, layout, messages, atMs);
  const card = layout.cards.find(({ owner }) => owner.key === key);
  if (card)
    return messages.ownerName(
      card.owner.name,
      card.owner.kind === HAND_OWNER ? messages.noOwner : card.owner.kind,
      card.owner.look.letter,
      spokenOf(card.owner, messages),
    );
  const doors = layout.doors.filter(({ door }) => door.key === key);
  if (doors.length > 0) return doors.map(({ door, owner }) => messages.doorName(door.name, door.behind.length, owner.name)).join(', ');
  const scaler = layout.scalers.find((one) => one.scaler.key === key)?.scaler;
  if (scaler) return nameOfScaler(scaler, messages);
  const placed = layout.trays.find(({ tray }) => tray.key === key);
  return placed && messages.nodeName(placed.tray.name, trayWords(placed.tray, messages, atMs), placed.tray.pods.length);
}

function nameOfScaler(scaler: Scaler, messages: SceneMessages): string {
  const { range, now, load } = messages.scaler;
  const { measureText, loadText } = scalerWords.get();
  const facts = [
    range(scaler.min, scaler.max),
    now(scaler.now),
    measureText(scaler, messages),
    `${load} ${loadText(scaler.loadMilli, messages)}`,
  ];
  return [scaler.name, 'HorizontalPodAutoscaler', ...facts].join(', ');
}

/** What the card says of an owner: the count, what it does, what protects it and who leads to it. */
function spokenOf(owner: OwnerGlyph, messages: SceneMessages): string {
  return [
    countText(owner, messages),
    noteFor(owner, messages),
    owner.mayLose === undefined ? undefined : messages.mayLose(owner.mayLose),
    ...owner.doors.map(({ name, behind }) => `Service ${name}, ${messages.readyPart(behind.length)}`),
  ]
    .filter(Boolean)
    .join(', ');
}

function nameOfPod({ pod, name, look, node, record, key }: PodGlyph, layout: Layout, messages: SceneMessages, atMs: number): string {
  const [index, count] = ranksIn(layout).get(key) ?? [0, 0];
  const said = messages.podName(name, look.letter, messages.state(podState(pod, node, atMs, record)), pod.spec.nodeName, index, count);
  const claim = claimOf(pod);
  return claim ? `${said}, ${messages.withDisk(claim)}` : said;
}

const ranks = new WeakMap<Layout, ReadonlyMap<Key, readonly [index: number, of: number]>>();

/** Which of its owner's pods each pod is, reckoned once for a layout. */
function ranksIn(layout: Layout): ReadonlyMap<Key, readonly [index: number, of: number]> {
  let found = ranks.get(layout);
  if (!found) {
    const made = new Map<Key, readonly [number, number]>();
    for (const { owner } of layout.cards) {
      const pods = owner.parts.length ? [] : podsUnder(owner);
      pods.forEach(({ key }, i) => made.set(key, [i + 1, pods.length]));
    }
    for (const owner of layout.scene.owners) {
      const pods = podsUnder(owner);
      if (owner.parts.length) pods.forEach(({ key }, i) => made.has(key) || made.set(key, [i + 1, pods.length]));
    }
    ranks.set(layout, (found = made));
  }
  return found;
}
