// The sample pod of the concept page: it says hello, sleeps for an hour, ends, and its container is started again.
import { type LibraryScenario, threeMachines } from './library.ts';

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: hello
  labels:
    app: hello
spec:
  containers:
  - name: hello
    image: busybox:1.36
    command: ['sh', '-c', 'echo Hello Kubernetes! && sleep 3600']
`;

export const samplePod: LibraryScenario = {
  name: 'sample-pod',
  machines: threeMachines,
  runtime: { startupMs: 3000 },
  steps: [{ atMs: 2000, kubectl: 'kubectl apply -f -', stdin: pod }],
  openAtMs: 2000,
  select: () => 'Pod/default/hello',
};
