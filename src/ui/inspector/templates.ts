// The templates an owner held, from the log.
import { isEqual } from '../../base/equal.ts';
import type { PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { Change, Key, KubeObject } from '../../kube/meta.ts';

const templateIn = (object: KubeObject | undefined) => (object?.spec as { template?: PodTemplateSpec } | undefined)?.template;

/** The template that an owner held before the one it holds after change `seq`; undefined when it was never edited. */
export function previousTemplateOf(changes: readonly Change[], key: Key, seq: number): PodTemplateSpec | undefined {
  for (let i = seq - 1; i >= 0; i--) {
    const change = changes[i];
    if (change?.key !== key) continue;
    const [before, after] = [templateIn(change.before), templateIn(change.after)];
    if (!before) return undefined;
    if (before !== after && !isEqual(before, after)) return before;
  }
  return undefined;
}
