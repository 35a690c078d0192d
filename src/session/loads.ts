// The work that a person gave the pods of an owner, up to a moment. It drives a HorizontalPodAutoscaler; no object tells it.
import type { Fault, LoggedIntent } from '../cluster/intents.ts';
import { type Key, keyFor, partsOf } from '../kube/meta.ts';

export function loadAt(intents: readonly LoggedIntent[], owner: Key, atMs: number): number | undefined {
  const last = intents.findLast(({ intent, atMs: doneMs }) => doneMs <= atMs && intent.type === 'load' && ownerOf(intent) === owner);
  return last?.intent.type === 'load' ? last.intent.cpuMilli : undefined;
}

export function loadIntent(owner: Key, cpuMilli: number): Fault {
  const { kind, namespace, name } = partsOf(owner);
  return { type: 'load', kind, namespace: namespace ?? 'default', name, cpuMilli };
}

function ownerOf({ kind, namespace, name }: Extract<Fault, { type: 'load' }>): Key {
  return keyFor(kind, namespace, name);
}
