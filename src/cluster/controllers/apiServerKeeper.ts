// Puts back what the API server keeps of itself, when somebody deleted it. Models pkg/controlplane/controller/kubernetesservice, which
// looks every ten seconds.
import { keyOf } from '../../kube/meta.ts';
import { apiServerObjects } from '../apiServerObjects.ts';
import type { Controller } from '../controller.ts';

const EVERY_MS = 10_000;
const kept = new Map(apiServerObjects.map((object) => [keyOf(object), object]));

export const apiServerKeeper: Controller = {
  name: 'kube-apiserver',
  watches: apiServerObjects.map(({ kind }) => ({ kind, keys: ({ key, after }) => (!after && kept.has(key) ? [key] : []) })),
  reconcile(key, ctx) {
    const object = kept.get(key);
    if (!object || ctx.api.getByKey(key)) return undefined;
    const sinceMs = ctx.nowMs % EVERY_MS;
    if (sinceMs > 0) return { requeueAfterMs: EVERY_MS - sinceMs };
    ctx.api.create(object, { trusted: true });
    return undefined;
  },
};
