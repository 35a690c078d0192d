// A machine runs out of memory, and its kubelet evicts: first who takes more than asked for, of those first who matters less, and of
// those who takes most. Who stays within the request stays.
import { type LibraryScenario, machine } from './library.ts';

interface Eater {
  readonly name: string;
  readonly takes: string;
  readonly requests?: string;
  readonly limits?: string;
  readonly priority?: string;
}

const template = ({ name, takes, requests, limits, priority }: Eater) => `  terminationGracePeriodSeconds: 5
${priority ? `  priorityClassName: ${priority}\n` : ''}  containers:
  - name: ${name}
    image: polinux/stress
    command: ['sh', '-c', '${takes}']
${requests || limits ? '    resources:\n' : ''}${requests ? `      requests: {cpu: 100m, memory: ${requests}}\n` : ''}${limits ? `      limits: {cpu: 100m, memory: ${limits}}\n` : ''}`;

const pod = (eater: Eater) => `apiVersion: v1
kind: Pod
metadata:
  name: ${eater.name}
spec:
${template(eater)}`;

const holding = (amount: string) => `exec stress --vm 1 --vm-bytes ${amount} --vm-hang 0`;

const manifest = [
  `apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata:
  name: important
value: 1000
`,
  pod({ name: 'guaranteed', takes: holding('800M'), requests: '900Mi', limits: '900Mi' }),
  pod({ name: 'modest', takes: holding('600M'), requests: '700Mi' }),
  pod({ name: 'important', takes: holding('700M'), requests: '100Mi', priority: 'important' }),
  `apiVersion: apps/v1
kind: Deployment
metadata:
  name: batch
spec:
  selector:
    matchLabels: {app: batch}
  template:
    metadata:
      labels: {app: batch}
    spec:
${template({ name: 'batch', takes: holding('300M') })
  .replaceAll(/^/gm, '    ')
  .trimEnd()}
`,
  pod({ name: 'hog', takes: `sleep 38; ${holding('900M')}` }),
].join('---\n');

const BYTES = 2 ** 20;

export const memoryPressure: LibraryScenario = {
  name: 'memory-pressure',
  machines: [machine('a')],
  runtime: { eviction: { memoryHardBytes: 500 * BYTES, minReclaimBytes: 1024 * BYTES, transitionMs: 60_000 } },
  steps: [
    { atMs: 1000, kubectl: 'kubectl apply -f -', stdin: manifest },
    // The second machine comes when all have their place on the first.
    { atMs: 20_000, fault: { type: 'addNode', machine: machine('b') } },
  ],
  openAtMs: 34_000,
  show: { fromMs: 30_000, askMs: 37_000, toMs: 60_000 },
  select: () => 'Node//node-a',
};
