// Placeholders in commands: `{{pod app=web,node=node-2 0}}` is the name of the first such pod, since names are random.
import type { Pod } from '../kube/kinds/pod.ts';
import { controllerOf, type KubeObject, listNamed, type Snapshot } from '../kube/meta.ts';

const KINDS: Readonly<Record<string, string>> = {
  pod: 'Pod',
  rs: 'ReplicaSet',
  job: 'Job',
  deploy: 'Deployment',
  rc: 'ReplicationController',
  pvc: 'PersistentVolumeClaim',
  node: 'Node',
  cr: 'ControllerRevision',
};

const PLACEHOLDER = /\{\{\s*(\S+)\s+(?:(\S*=\S*)\s+)?(-?\d+)\s*\}\}/g;

/** The text with every placeholder replaced; one that no object fits stays, for kubectl to say that there is no such thing. */
export function fillPlaceholders(text: string, snapshot: Snapshot, ifNone = (whole: string, _count: number) => whole): string {
  return text.replaceAll(PLACEHOLDER, (whole, kind: string, wants: string | undefined, index: string) => {
    const found = inOrderOfCreation(listNamed(snapshot, KINDS[kind] ?? kind)).filter((object) => fits(object, wants ?? ''));
    return found.at(Number(index))?.metadata.name ?? ifNone(whole, found.length);
  });
}

/** Whether a text in double braces is one. A kind is written as its short word or by its name. */
export function isPlaceholder(text: string): boolean {
  const [match] = text.matchAll(PLACEHOLDER);
  return match !== undefined && (KINDS[match[1] as string] !== undefined || /^[A-Z]/.test(match[1] as string));
}

/** Uids are counters, so their order is that of creation. */
export function inOrderOfCreation(objects: readonly KubeObject[]): KubeObject[] {
  return [...objects].sort((a, b) => ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1));
}

function fits(object: KubeObject, wants: string): boolean {
  const pairs = wants.split(',').filter((pair) => pair !== '');
  const wanted = new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]));
  const isDeleting = object.metadata.deletionTimestamp !== undefined;
  if (isDeleting !== (wanted.get('deleting') === 'true')) return false;
  for (const [key, value] of wanted) {
    if (key !== 'deleting' && valueOf(object, key) !== value) return false;
  }
  return true;
}

function valueOf(object: KubeObject, key: string): string | undefined {
  const { spec, status } = object as Partial<Pod>;
  switch (key) {
    case 'node':
      return spec?.nodeName;
    case 'phase':
      return status?.phase;
    case 'owner':
      return controllerOf(object)?.name;
    case 'image':
      return (spec?.containers ?? templateContainers(object))[0]?.image;
    default:
      return object.metadata.labels?.[key];
  }
}

function templateContainers(object: KubeObject): Pod['spec']['containers'] {
  return (object.spec as { template?: { spec?: Pod['spec'] } } | undefined)?.template?.spec?.containers ?? [];
}
