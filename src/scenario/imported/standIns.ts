// What objects name and the text of a cluster does not have: `kubectl get nodes,all,pvc,pdb` leaves out namespaces, volumes, classes and
// accounts. Each is added as a stand-in, so that pods are not lost with their node, nor claims with their volume, and new pods are let in.
import { nodeObject } from '../../cluster/kubelet/nodeObject.ts';
import type { Container, Pod, PodSpec, PodTemplateSpec } from '../../kube/kinds/pod.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../../kube/kinds/volumes.ts';
import { type Key, type KubeObject, keyFor, keyOf, toTimestamp } from '../../kube/meta.ts';
import { milliValueOf, valueOf } from '../../kube/quantity.ts';

const PROVISIONER = 'podarium.dev/fake';
const BUILT_IN_NAMESPACES = new Set(['default', 'kube-system', 'kube-public', 'kube-node-lease']);
const BUILT_IN_CLASSES = new Set(['system-node-critical', 'system-cluster-critical']);

/** All objects that are named and missing. */
export function standInsFor(objects: readonly KubeObject[]): KubeObject[] {
  const there = new Set(objects.map(keyOf));
  const added = new Map<Key, KubeObject>();
  const add = (key: Key, make: () => KubeObject): void => {
    if (!there.has(key) && !added.has(key)) added.set(key, make());
  };
  const homeless = new Map<string, Pod[]>();
  for (const object of objects) {
    const { namespace } = object.metadata;
    if (namespace !== undefined && !BUILT_IN_NAMESPACES.has(namespace)) addNamespace(namespace, add);
    if (object.kind === 'PersistentVolumeClaim') addVolume(object as PersistentVolumeClaim, add);
    const spec = podSpecOf(object);
    if (spec) addNamedBy(spec, namespace, add);
    const { nodeName } = spec ?? {};
    if (object.kind !== 'Pod' || !nodeName || there.has(keyFor('Node', undefined, nodeName))) continue;
    const others = homeless.get(nodeName);
    if (others) others.push(object as Pod);
    else homeless.set(nodeName, [object as Pod]);
  }
  for (const [name, pods] of homeless) add(keyFor('Node', undefined, name), () => nodeFor(name, pods));
  return [...added.values()];
}

type Add = (key: Key, make: () => KubeObject) => void;

/** The pod spec of a pod, or of what cuts pods. */
function podSpecOf({ kind, spec }: KubeObject): PodSpec | undefined {
  const { template, jobTemplate } = (spec ?? {}) as {
    readonly template?: PodTemplateSpec;
    readonly jobTemplate?: { readonly spec?: { readonly template?: PodTemplateSpec } };
  };
  return kind === 'Pod' ? (spec as PodSpec) : (template ?? jobTemplate?.spec?.template)?.spec;
}

function addNamespace(name: string, add: Add): void {
  add(keyFor('Namespace', undefined, name), () => ({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { 'kubernetes.io/metadata.name': name }, creationTimestamp: toTimestamp(0) },
    spec: { finalizers: ['kubernetes'] },
    status: { phase: 'Active' },
  }));
}

function addNamedBy(spec: PodSpec, namespace: string | undefined, add: Add): void {
  const { serviceAccountName, priorityClassName, priority = 0, preemptionPolicy } = spec;
  const { runtimeClassName } = spec as { readonly runtimeClassName?: string };
  const created = { creationTimestamp: toTimestamp(0) };
  if (serviceAccountName && serviceAccountName !== 'default') {
    const metadata = { name: serviceAccountName, ...(namespace === undefined ? {} : { namespace }), ...created };
    add(keyFor('ServiceAccount', namespace, serviceAccountName), () => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata }));
  }
  if (priorityClassName && !BUILT_IN_CLASSES.has(priorityClassName)) {
    const policy = { value: priority, preemptionPolicy: preemptionPolicy ?? 'PreemptLowerPriority' };
    const priorityClass = { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: priorityClassName, ...created } };
    add(keyFor('PriorityClass', undefined, priorityClassName), () => ({ ...priorityClass, ...policy }));
  }
  if (runtimeClassName) {
    const runtimeClass = { apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: runtimeClassName, ...created } };
    add(keyFor('RuntimeClass', undefined, runtimeClassName), () => ({ ...runtimeClass, handler: 'stand-in' }) as KubeObject);
  }
}

function addVolume({ metadata, spec, status }: PersistentVolumeClaim, add: Add): void {
  const { volumeName, storageClassName, volumeMode, accessModes } = spec;
  if (storageClassName) {
    const storageClass = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: storageClassName } };
    const traits = { provisioner: PROVISIONER, reclaimPolicy: 'Delete', volumeBindingMode: 'Immediate', allowVolumeExpansion: true };
    add(keyFor('StorageClass', undefined, storageClassName), () => ({ ...storageClass, ...traits }));
  }
  if (!volumeName || status?.phase !== 'Bound') return;
  const { name, namespace, uid } = metadata;
  add(
    keyFor('PersistentVolume', undefined, volumeName),
    (): PersistentVolume => ({
      apiVersion: 'v1',
      kind: 'PersistentVolume',
      metadata: {
        name: volumeName,
        annotations: { 'pv.kubernetes.io/provisioned-by': PROVISIONER },
        finalizers: ['kubernetes.io/pv-protection'],
        ...(metadata.creationTimestamp === undefined ? {} : { creationTimestamp: metadata.creationTimestamp }),
      },
      spec: {
        accessModes: status.accessModes ?? accessModes ?? [],
        capacity: status.capacity ?? spec.resources?.requests ?? {},
        claimRef: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name, ...(namespace ? { namespace } : {}), ...(uid ? { uid } : {}) },
        persistentVolumeReclaimPolicy: 'Delete',
        ...(storageClassName ? { storageClassName } : {}),
        volumeMode: volumeMode ?? 'Filesystem',
        csi: { driver: PROVISIONER, volumeHandle: volumeName },
      },
      status: { phase: 'Bound' },
    }),
  );
}

/** A machine with room for its pods, and as much again. */
function nodeFor(name: string, pods: readonly Pod[]): KubeObject {
  const sum = (amountOf: (container: Container) => number) =>
    pods.reduce((all, { spec }) => all + spec.containers.reduce((of, container) => of + amountOf(container), 0), 0);
  const cpu = Math.max(4, Math.ceil((2 * sum(({ resources }) => milliValueOf(resources?.requests?.['cpu']))) / 1000));
  const gibibytes = Math.max(16, Math.ceil((2 * sum(({ resources }) => valueOf(resources?.requests?.['memory']))) / 2 ** 30));
  const machine = { name, cpu: String(cpu), memory: `${gibibytes}Gi`, pods: Math.max(110, 2 * pods.length) };
  const ip = pods.find(({ status }) => status.hostIP)?.status.hostIP ?? '';
  const node = nodeObject(machine, ip, 0, toTimestamp(0));
  const addresses = node.status.addresses?.filter(({ address }) => address !== '') ?? [];
  return { ...node, metadata: { ...node.metadata, creationTimestamp: toTimestamp(0) }, status: { ...node.status, addresses } };
}
