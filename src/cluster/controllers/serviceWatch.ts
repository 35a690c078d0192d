// The services that have something to do for those who keep endpoints.
import type { Service } from '../../kube/kinds/service.ts';
import type { Watch } from '../controller.ts';

/** A service without a selector has its endpoints written by somebody else. */
export function hasSlices({ spec }: Service): boolean {
  return spec.selector !== undefined && spec.type !== 'ExternalName';
}

export const serviceWatch: Watch = {
  kind: 'Service',
  keys: ({ key, after }) => (!after || hasSlices(after as Service) ? [key] : []),
};
