// The annotation in which kubectl apply keeps what it was given the last time.
// Models kubectl/pkg/util/apply.go.

import { goJson } from '../kube/goText.ts';
import type { KubeObject } from '../kube/meta.ts';
import { LAST_APPLIED } from './writing.ts';

/** The object with its own configuration in the annotation, as apply sends it. */
export function withLastApplied(object: KubeObject): KubeObject {
  const annotations = { ...object.metadata.annotations };
  delete annotations[LAST_APPLIED];
  const plain = { ...object, metadata: { ...object.metadata, annotations } };
  return { ...plain, metadata: { ...plain.metadata, annotations: { ...annotations, [LAST_APPLIED]: `${goJson(plain)}\n` } } };
}

/** What was applied the last time; undefined where apply was never used. */
export function lastAppliedOf(object: KubeObject): KubeObject | undefined {
  const text = object.metadata.annotations?.[LAST_APPLIED];
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as KubeObject;
  } catch {
    return undefined;
  }
}
