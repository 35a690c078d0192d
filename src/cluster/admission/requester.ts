// Who sends a request, by the names that authentication gives. Models the users of kubeadm's certificates and
// cmd/kube-controller-manager's service accounts.
import { DEFAULT_SCHEDULER } from '../../kube/kinds/podDefaults.ts';
import { ADMIN } from '../../kube/kinds/reviews.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { type User, userNamed } from '../../kube/rbac.ts';

const SERVER: User = { name: 'system:apiserver', groups: ['system:masters', 'system:authenticated'] };

export function requesterOf(actor: string, { kind, metadata, spec }: KubeObject): User {
  if (actor === 'user') return ADMIN;
  if (actor === DEFAULT_SCHEDULER) return userNamed('system:kube-scheduler');
  if (actor.endsWith('-controller')) return userNamed(`system:serviceaccount:kube-system:${actor}`);
  if (actor !== 'kubelet') return SERVER;
  const node = kind === 'Pod' ? (spec as { readonly nodeName?: string }).nodeName : metadata.name;
  return userNamed(`system:node:${node ?? ''}`, ['system:nodes']);
}
