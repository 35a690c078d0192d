// What Kubernetes' types and fields are for: a file of some size, loaded when the first person asks for it.
import type { Descriptions } from '../kube/schema/descriptions.ts';

let loaded: Descriptions | undefined;

export const descriptions = (): Descriptions | undefined => loaded;

/** Resolves also when the file cannot be had: then there is nothing to tell. */
export async function loadDescriptions(): Promise<void> {
  try {
    loaded ??= (await import('../kube/schema/descriptions.generated.json')).default;
  } catch {
    // Offline, and never read before.
  }
}
