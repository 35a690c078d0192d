// A ConfigMap: what a container reads from it as a variable is fixed when it starts; what is mounted as a file follows a minute later.
import type { Snapshot } from '../../kube/meta.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const config = `apiVersion: v1
kind: ConfigMap
metadata:
  name: colours
data:
  wall: blue
`;

/** What the newest pod says last. */
const logs = (snapshot: Snapshot) => `kubectl logs ${snapshot.list('Pod').at(-1)?.metadata.name} --tail=2`;

export const settings: LibraryScenario = {
  name: 'settings',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 3000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(
        config,
        deployment({
          name: 'painter',
          image: 'busybox:1.36',
          cpu: '100m',
          replicas: 2,
          podSpec: 'volumes:\n- name: colours\n  configMap:\n    name: colours',
          container: `command: [sh, -c, 'while true; do echo "variable $WALL, file $(cat /etc/colours/wall)"; sleep 10; done']
env:
- name: WALL
  valueFrom:
    configMapKeyRef:
      name: colours
      key: wall
volumeMounts:
- name: colours
  mountPath: /etc/colours`,
        }),
      ),
    },
    { atMs: 20_000, kubectl: `kubectl patch configmap colours -p '{"data":{"wall":"red"}}'` },
    { atMs: 110_000, kubectl: logs },
    { atMs: 120_000, kubectl: 'kubectl rollout restart deployment/painter' },
    { atMs: 150_000, kubectl: logs },
  ],
  openAtMs: 18_000,
  openSpeed: 10,
  select: () => 'Deployment/default/painter',
};
