// A Service as a door: it leads to the pods that are ready and match its labels, whoever owns them. One crashes, one loses its label.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Snapshot } from '../../kube/meta.ts';
import { type LibraryScenario, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const service = `apiVersion: v1
kind: Service
metadata:
  name: shop
spec:
  selector:
    app: web
  ports:
  - port: 80
`;

const web = (snapshot: Snapshot) => (snapshot.list('Pod') as readonly Pod[]).filter(({ metadata }) => metadata.labels?.['app'] === 'web');

export const doors: LibraryScenario = {
  name: 'doors',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 5000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(
        deployment({ name: 'web', image: 'nginx:1.27', cpu: '200m', replicas: 4, annotations: { 'ready-after': '6s' } }),
        service,
      ),
    },
    {
      atMs: 30_000,
      fault: (snapshot) => {
        const [pod] = web(snapshot);
        return pod && { type: 'exitContainer', namespace: 'default', pod: pod.metadata.name, exitCode: 1 };
      },
    },
    {
      atMs: 50_000,
      kubectl: (snapshot) => {
        const pod = web(snapshot).at(-1);
        return pod && `kubectl label pod ${pod.metadata.name} app=aside --overwrite`;
      },
    },
  ],
  openAtMs: 20_000,
  select: () => 'Service/default/shop',
};
