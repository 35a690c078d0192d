// Manifests of the library's scenarios, from the few things in which they differ: as text, as a person would paste them.

export interface WorkloadWords {
  readonly name: string;
  readonly image: string;
  readonly cpu: string;
  readonly memory?: string;
  readonly replicas?: number;
  readonly namespace?: string;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Further lines of the owner's spec, of the pod's and of its container's, each without its indent. */
  readonly spec?: string;
  readonly podSpec?: string;
  readonly container?: string;
}

export function deployment(words: WorkloadWords): string {
  return workload('apps/v1', 'Deployment', words);
}

export function statefulSet(words: WorkloadWords): string {
  return workload('apps/v1', 'StatefulSet', { ...words, spec: `serviceName: ${words.name}\n${words.spec ?? ''}` });
}

export function daemonSet(words: WorkloadWords): string {
  return workload('apps/v1', 'DaemonSet', words);
}

/** A Job selects its pods itself. */
export function job(words: WorkloadWords): string {
  return head('batch/v1', 'Job', words) + lines(words.spec, 2) + template(words, 2);
}

function workload(apiVersion: string, kind: string, words: WorkloadWords): string {
  const replicas = words.replicas === undefined ? '' : `  replicas: ${words.replicas}\n`;
  const selector = `  selector:\n    matchLabels:\n      app: ${words.name}\n`;
  return head(apiVersion, kind, words) + replicas + lines(words.spec, 2) + selector + template(words, 2);
}

function head(apiVersion: string, kind: string, { name, namespace }: WorkloadWords): string {
  const where = namespace === undefined ? '' : `  namespace: ${namespace}\n`;
  return `apiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n${where}spec:\n`;
}

/** `template:` and what it holds. */
export function template({ name, image, cpu, memory = '128Mi', annotations, podSpec, container }: WorkloadWords, indent: number): string {
  const noted = Object.entries(annotations ?? {}).map(([key, value]) => `      podarium.dev/${key}: "${value}"\n`);
  const text = `template:
  metadata:
    labels:
      app: ${name}
${noted.length > 0 ? `    annotations:\n${noted.join('')}` : ''}  spec:
${lines(podSpec, 4)}    containers:
    - name: ${name}
      image: ${image}
${lines(container, 6)}      resources:
        requests:
          cpu: ${cpu}
          memory: ${memory}
`;
  return lines(text, indent);
}

function lines(text: string | undefined, indent: number): string {
  return (text ?? '')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('');
}

/** Several manifests as one text. */
export function together(...manifests: readonly string[]): string {
  return manifests.join('---\n');
}
