// kubectl debug node/NAME: a pod on a machine that sees the machine's network and, below /host, its files.
// Models kubectl/pkg/cmd/debug/debug.go (generateNodeDebugPod) and profiles.go. Limitation: the processes of the machine are not there.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import { CommandError } from '../errors.ts';
import type { Debugger } from './debugCopy.ts';

interface Profile {
  readonly isOnHost: boolean;
  readonly seesFiles: boolean;
  readonly securityContext?: Record<string, unknown>;
}

const RESTRICTED = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  runAsNonRoot: true,
  seccompProfile: { type: 'RuntimeDefault' },
};

const PROFILES: Readonly<Record<string, Profile>> = {
  general: { isOnHost: true, seesFiles: true },
  legacy: { isOnHost: true, seesFiles: true },
  baseline: { isOnHost: false, seesFiles: false },
  restricted: { isOnHost: false, seesFiles: false, securityContext: RESTRICTED },
  netadmin: { isOnHost: true, seesFiles: false, securityContext: { capabilities: { add: ['NET_ADMIN', 'NET_RAW'] } } },
  sysadmin: { isOnHost: true, seesFiles: true, securityContext: { privileged: true } },
};

const ROOT = 'host-root';

export function nodeDebugPod(node: string, name: string, debug: Debugger, profileName: string): Pod {
  const profile = PROFILES[profileName];
  if (!profile) throw new CommandError(`unknown profile: ${profileName}`);
  const { isOnHost, seesFiles, securityContext } = profile;
  const container: Container & Record<string, unknown> = {
    name: debug.name,
    image: debug.image,
    terminationMessagePolicy: 'File',
    ...(debug.command.length > 0 ? { command: debug.command } : {}),
    ...(debug.isInteractive ? { stdin: true } : {}),
    ...(debug.isTerminal ? { tty: true } : {}),
    ...(securityContext ? { securityContext } : {}),
    ...(seesFiles ? { volumeMounts: [{ name: ROOT, mountPath: '/host' }] } : {}),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, labels: { 'app.kubernetes.io/managed-by': 'kubectl-debug' } },
    spec: {
      nodeName: node,
      restartPolicy: 'Never',
      tolerations: [{ operator: 'Exists' }],
      ...(isOnHost ? { hostIPC: true, hostNetwork: true, hostPID: true } : {}),
      ...(seesFiles ? { volumes: [{ name: ROOT, hostPath: { path: '/' } }] } : {}),
      containers: [container],
    },
  } as unknown as Pod;
}
