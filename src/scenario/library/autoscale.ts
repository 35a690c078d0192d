// An autoscaler: two to ten pods, each meant to use half of what it asks for. The load grows, the pods follow, and five quiet minutes
// later they go. From there on a person turns the load.
import { type LibraryScenario, loadOn, threeMachines } from './library.ts';
import { deployment, together } from './manifests.ts';

const autoscaler = `apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata:
  name: web
spec:
  scaleTargetRef:
    apiVersion: apps/v1
    kind: Deployment
    name: web
  minReplicas: 2
  maxReplicas: 10
  metrics:
  - type: Resource
    resource:
      name: cpu
      target:
        type: Utilization
        averageUtilization: 50
`;

export const autoscale: LibraryScenario = {
  name: 'autoscale',
  machines: threeMachines,
  runtime: { startupMs: 3000, shutdownMs: 4000 },
  steps: [
    {
      atMs: 2000,
      kubectl: 'kubectl apply -f -',
      stdin: together(deployment({ name: 'web', image: 'nginx:1.27', cpu: '200m', memory: '128Mi', replicas: 2 }), autoscaler),
    },
    { atMs: 20_000, fault: loadOn('web', 150) },
    { atMs: 65_000, fault: loadOn('web', 620) },
  ],
  openAtMs: 60_000,
  openSpeed: 10,
  select: () => 'HorizontalPodAutoscaler/default/web',
};
