// As whom a container runs, and whether it may. Models pkg/kubelet/kuberuntime/security_context.go and kuberuntime_container.go.
import type { Container, ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { CapabilityChanges } from './capabilities.ts';
import { imageOf } from './shell/images/index.ts';
import type { PodWork } from './work.ts';

interface SecurityContext {
  readonly capabilities?: CapabilityChanges;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly runAsNonRoot?: boolean;
  readonly readOnlyRootFilesystem?: boolean;
  readonly fsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly seccompProfile?: Profile;
  readonly appArmorProfile?: Profile;
}

/** RuntimeDefault, Unconfined, or one of the machine's own. */
interface Profile {
  readonly type: string;
  readonly localhostProfile?: string;
}

/** The container's own words before its pod's. */
export function securityOf(pod: Pod, container: Container): SecurityContext {
  return { ...(pod.spec.securityContext as SecurityContext | undefined), ...(container.securityContext as SecurityContext | undefined) };
}

/** The groups beside the main one. */
export function otherGroupsOf({ fsGroup, supplementalGroups = [] }: SecurityContext): readonly number[] {
  return [...(fsGroup === undefined ? [] : [fsGroup]), ...supplementalGroups];
}

/** The main group: without a word that which the image gives the user, if it knows it. */
export function groupOf({ runAsGroup, runAsUser }: SecurityContext, image: string): number {
  if (runAsGroup !== undefined) return runAsGroup;
  const row = imageOf(image);
  const user = runAsUser ?? row?.user ?? 0;
  return Object.values(row?.users ?? {}).includes(user) ? user : 0;
}

/** As whom its first process runs, as its status says. */
export function userStatusOf(pod: Pod, container: Container): ContainerStatus['user'] {
  const security = securityOf(pod, container);
  const gid = groupOf(security, container.image ?? '');
  const supplementalGroups = [...new Set([gid, ...otherGroupsOf(security)])].toSorted((a, b) => a - b);
  return { linux: { gid, supplementalGroups, uid: security.runAsUser ?? imageOf(container.image ?? '')?.user ?? 0 } };
}

/** Why the container may not run as it would. Images that are not known are taken to run as root. */
export function problemWithUser(pod: Pod, container: Container, { name, namespace, uid }: PodWork): string | undefined {
  const { runAsNonRoot, runAsUser } = securityOf(pod, container);
  if (!runAsNonRoot) return undefined;
  const where = `(pod: "${name}_${namespace}(${uid})", container: ${container.name})`;
  if (runAsUser !== undefined) return runAsUser === 0 ? `container's runAsUser breaks non-root policy ${where}` : undefined;
  const { user = 0, userName } = imageOf(container.image ?? '') ?? {};
  if (userName !== undefined)
    return `container has runAsNonRoot and image has non-numeric user (${userName}), cannot verify user is non-root ${where}`;
  return user === 0 ? `container has runAsNonRoot and image will run as root ${where}` : undefined;
}
