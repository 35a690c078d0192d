// Writes schema.generated.json, the shapes of the kinds that every page needs, moreKinds.generated.json, those of all others that a
// manifest may hold, and descriptions.generated.json, what each type and field is for and which fields are required: kept apart,
// because few pages ever show them.
// Source: the generated models of @kubernetes/client-node (Apache-2.0), whose version stands for a Kubernetes release.
// Run by hand when Kubernetes moves on: node src/kube/schema/generate.mjs
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PACKAGE = '@kubernetes/client-node@2.0.1';
const RELEASE = '1.36';

/** What a world begins with, or is first tried with. */
const FIRST = ['v1/Pod', 'v1/Node', 'v1/Namespace', 'v1/Service', 'v1/ConfigMap', 'apps/v1/ReplicaSet', 'apps/v1/Deployment'];

/** Kind of the schema -> model of the client. A kind that is served in two versions has two entries. */
const roots = {
  'v1/Pod': 'V1Pod',
  'v1/Node': 'V1Node',
  'v1/Namespace': 'V1Namespace',
  'v1/Event': 'CoreV1Event',
  'events.k8s.io/v1/Event': 'EventsV1Event',
  'v1/ReplicationController': 'V1ReplicationController',
  'v1/Service': 'V1Service',
  'v1/ConfigMap': 'V1ConfigMap',
  'v1/Secret': 'V1Secret',
  'v1/ServiceAccount': 'V1ServiceAccount',
  'v1/PersistentVolumeClaim': 'V1PersistentVolumeClaim',
  'v1/PersistentVolume': 'V1PersistentVolume',
  'v1/ResourceQuota': 'V1ResourceQuota',
  'v1/LimitRange': 'V1LimitRange',
  'v1/Endpoints': 'V1Endpoints',
  'v1/PodTemplate': 'V1PodTemplate',
  'apps/v1/Deployment': 'V1Deployment',
  'apps/v1/ReplicaSet': 'V1ReplicaSet',
  'apps/v1/StatefulSet': 'V1StatefulSet',
  'apps/v1/DaemonSet': 'V1DaemonSet',
  'apps/v1/ControllerRevision': 'V1ControllerRevision',
  'batch/v1/Job': 'V1Job',
  'batch/v1/CronJob': 'V1CronJob',
  'autoscaling/v1/HorizontalPodAutoscaler': 'V1HorizontalPodAutoscaler',
  'autoscaling/v2/HorizontalPodAutoscaler': 'V2HorizontalPodAutoscaler',
  'policy/v1/PodDisruptionBudget': 'V1PodDisruptionBudget',
  'networking.k8s.io/v1/Ingress': 'V1Ingress',
  'networking.k8s.io/v1/IngressClass': 'V1IngressClass',
  'networking.k8s.io/v1/NetworkPolicy': 'V1NetworkPolicy',
  'discovery.k8s.io/v1/EndpointSlice': 'V1EndpointSlice',
  'scheduling.k8s.io/v1/PriorityClass': 'V1PriorityClass',
  'storage.k8s.io/v1/StorageClass': 'V1StorageClass',
  'storage.k8s.io/v1/CSIDriver': 'V1CSIDriver',
  'storage.k8s.io/v1/VolumeAttributesClass': 'V1VolumeAttributesClass',
  'storage.k8s.io/v1/VolumeAttachment': 'V1VolumeAttachment',
  'storage.k8s.io/v1/CSINode': 'V1CSINode',
  'storage.k8s.io/v1/CSIStorageCapacity': 'V1CSIStorageCapacity',
  'networking.k8s.io/v1/ServiceCIDR': 'V1ServiceCIDR',
  'networking.k8s.io/v1/IPAddress': 'V1IPAddress',
  'certificates.k8s.io/v1/CertificateSigningRequest': 'V1CertificateSigningRequest',
  'apiregistration.k8s.io/v1/APIService': 'V1APIService',
  'apiextensions.k8s.io/v1/CustomResourceDefinition': 'V1CustomResourceDefinition',
  'node.k8s.io/v1/RuntimeClass': 'V1RuntimeClass',
  'coordination.k8s.io/v1/Lease': 'V1Lease',
  'rbac.authorization.k8s.io/v1/Role': 'V1Role',
  'rbac.authorization.k8s.io/v1/RoleBinding': 'V1RoleBinding',
  'rbac.authorization.k8s.io/v1/ClusterRole': 'V1ClusterRole',
  'rbac.authorization.k8s.io/v1/ClusterRoleBinding': 'V1ClusterRoleBinding',
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicy': 'V1ValidatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1/ValidatingAdmissionPolicyBinding': 'V1ValidatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicy': 'V1MutatingAdmissionPolicy',
  'admissionregistration.k8s.io/v1/MutatingAdmissionPolicyBinding': 'V1MutatingAdmissionPolicyBinding',
  'admissionregistration.k8s.io/v1/ValidatingWebhookConfiguration': 'V1ValidatingWebhookConfiguration',
  'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration': 'V1MutatingWebhookConfiguration',
  'flowcontrol.apiserver.k8s.io/v1/FlowSchema': 'V1FlowSchema',
  'flowcontrol.apiserver.k8s.io/v1/PriorityLevelConfiguration': 'V1PriorityLevelConfiguration',
  'resource.k8s.io/v1/ResourceClaim': 'ResourceV1ResourceClaim',
  'resource.k8s.io/v1/ResourceClaimTemplate': 'V1ResourceClaimTemplate',
  'resource.k8s.io/v1/DeviceClass': 'V1DeviceClass',
  'resource.k8s.io/v1/ResourceSlice': 'V1ResourceSlice',
};

/** Fields that the client calls strings and Kubernetes calls quantities. */
const quantities = new Set([
  'CSIStorageCapacity.capacity',
  'CSIStorageCapacity.maximumVolumeSize',
  'ContainerStatus.allocatedResources',
  'EmptyDirVolumeSource.sizeLimit',
  'LimitRangeItem.default',
  'LimitRangeItem.defaultRequest',
  'LimitRangeItem.max',
  'LimitRangeItem.maxLimitRequestRatio',
  'LimitRangeItem.min',
  'V2MetricTarget.averageValue',
  'V2MetricTarget.value',
  'V2MetricValueStatus.averageValue',
  'V2MetricValueStatus.value',
  'NodeStatus.allocatable',
  'NodeStatus.capacity',
  'Overhead.podFixed',
  'PersistentVolumeClaimStatus.allocatedResources',
  'PersistentVolumeClaimStatus.capacity',
  'PersistentVolumeSpec.capacity',
  'PodSpec.overhead',
  'PodStatus.allocatedResources',
  'ResourceFieldSelector.divisor',
  'ResourceQuotaSpec.hard',
  'ResourceQuotaStatus.hard',
  'ResourceQuotaStatus.used',
  'ResourceRequirements.limits',
  'ResourceRequirements.requests',
  'VolumeResourceRequirements.limits',
  'VolumeResourceRequirements.requests',
]);

/** Fields that the client takes for anything and that hold a schema again, one of them a boolean too. */
const schemas = { 'JSONSchemaProps.items': '@JSONSchemaProps', 'JSONSchemaProps.additionalProperties': 'S' };

/** Groups whose kinds nobody asks to be explained here, volumes of single vendors, and schemas: their texts would double the file. */
const UNDESCRIBED_GROUPS = /^(admissionregistration|apiregistration|certificates|flowcontrol\.apiserver|resource)\.k8s\.io\//;
const UNDESCRIBED_TYPES =
  /^(AWSElasticBlockStore|Azure|Ceph|Cinder|FlexVolume|FlexPersistent|Flocker|GCEPersistentDisk|GitRepo|Glusterfs|Photon|Portworx|Quobyte|RBD|ScaleIO|StorageOS|Storageos|Vsphere|JSONSchemaProps|ValidationRule)/;

const folder = mkdtempSync(join(tmpdir(), 'podarium-schema-'));
try {
  execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  execFileSync('sh', ['-c', 'tar xzf *.tgz'], { cwd: folder });
  const schema = generate(join(folder, 'package/dist/gen/models'));
  const [first, more] = divide(schema);
  writeFileSync(new URL('schema.generated.json', import.meta.url), `${JSON.stringify(first)}\n`);
  writeFileSync(new URL('moreKinds.generated.json', import.meta.url), `${JSON.stringify(more)}\n`);
  const descriptions = describe(join(folder, 'package/dist/gen/models'), schema);
  writeFileSync(new URL('descriptions.generated.json', import.meta.url), `${JSON.stringify(descriptions)}\n`);
  console.log(`${Object.keys(schema.types).length} types of Kubernetes ${RELEASE} from ${PACKAGE}`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function generate(models) {
  const types = {};
  const waiting = Object.values(roots);
  while (waiting.length > 0) {
    const model = waiting.pop();
    const id = idOf(model);
    if (types[id]) continue;
    const source = readFileSync(join(models, `${model}.js`), 'utf8');
    const fields = {};
    for (const [, name, type, format] of source.matchAll(/"baseName": "([^"]+)",\s+"type": "([^"]+)",\s+"format": "([^"]*)"/g)) {
      const code = codeOf(type, format, `${id}.${name}`);
      fields[name] = code.text;
      if (code.model) waiting.push(code.model);
    }
    types[id] = fields;
  }
  const sorted = Object.fromEntries(
    Object.keys(types)
      .sort()
      .map((id) => [id, types[id]]),
  );
  return {
    release: RELEASE,
    source: PACKAGE,
    kinds: Object.fromEntries(Object.entries(roots).map(([kind, model]) => [kind, idOf(model)])),
    types: sorted,
  };
}

/** The kinds of FIRST with all types in them, and the rest. */
function divide({ kinds, types, ...about }) {
  const found = typesIn(
    FIRST.map((kind) => kinds[kind]),
    types,
  );
  const part = (isFirst) => ({
    ...about,
    kinds: Object.fromEntries(Object.entries(kinds).filter(([kind]) => FIRST.includes(kind) === isFirst)),
    types: Object.fromEntries(Object.entries(types).filter(([id]) => found.has(id) === isFirst)),
  });
  return [part(true), part(false)];
}

function describedTypes(kinds, types) {
  const described = Object.entries(kinds).flatMap(([kind, id]) => (UNDESCRIBED_GROUPS.test(kind) ? [] : [id]));
  const found = typesIn(described, types, (id) => !UNDESCRIBED_TYPES.test(id));
  return Object.keys(types).filter((id) => found.has(id));
}

/** These types and all that are in them. */
function typesIn(ids, types, isWanted = () => true) {
  const found = new Set();
  const waiting = [...ids];
  while (waiting.length > 0) {
    const id = waiting.pop();
    if (found.has(id) || !isWanted(id)) continue;
    found.add(id);
    for (const code of Object.values(types[id])) if (code.includes('@')) waiting.push(code.slice(code.indexOf('@') + 1));
  }
  return found;
}

/** By type: what it is for, its fields in the same way, and those that must be given. A field that is a type of its own has no text here. */
function describe(models, { kinds, types }) {
  const described = {};
  // A text stands once in the file, however many fields have it.
  const texts = new Map();
  const numberOf = (escaped) => {
    const text = escaped.replaceAll('\\"', '"');
    return texts.get(text) ?? (texts.set(text, texts.size), texts.size - 1);
  };
  for (const id of describedTypes(kinds, types)) {
    const model = /^V\d|^[A-Z][a-z]+V\d/.test(id) ? id : `V1${id}`;
    const source = readFileSync(join(models, `${model}.d.ts`), 'utf8');
    const about = /\/\*\*\n\* ([^\n]*)\n\*\/\nexport declare class/.exec(source)?.[1];
    const fields = {};
    const required = [];
    for (const [, text, name, optional] of source.matchAll(/(?: {4}\/\*\*\n {4}\* ([^\n]*)\n {4}\*\/\n)? {4}'([^'\n]+)'(\?)?: /g)) {
      const field = Object.keys(types[id]).find((each) => each === name || each === name.replace(/^_/, ''));
      if (!field) continue;
      if (text) fields[field] = numberOf(text);
      if (!optional) required.push(field);
    }
    described[id] = { ...(about ? { about: numberOf(about) } : {}), fields, ...(required.length > 0 ? { required } : {}) };
  }
  return { texts: [...texts.keys()], types: described };
}

/** `V1PodSpec` is `PodSpec`; other versions and groups keep their mark: `V2MetricSpec`, `RbacV1Subject`. */
function idOf(model) {
  return model.replace(/^V1(?=[A-Z])/, '');
}

/** s string, i int32, l int64, d double, b bool, t time, T micro time, q quantity, x int or string, y bytes, S schema or bool, * anything; [ list of, { map of, @ type. */
function codeOf(type, format, field) {
  const list = /^Array<(.*)>$/.exec(type);
  if (list) return wrapped('[', codeOf(list[1], format, field));
  const map = /^\{ \[key: string\]: (.*); \}$/.exec(type);
  if (map) return wrapped('{', codeOf(map[1], format, field));
  if (quantities.has(field)) return { text: 'q' };
  if (field in schemas) return { text: schemas[field] };
  switch (type) {
    case 'string':
      return { text: format === 'byte' ? 'y' : 's' };
    case 'number':
      return { text: format === 'int64' ? 'l' : format === 'double' ? 'd' : 'i' };
    case 'boolean':
      return { text: 'b' };
    case 'Date':
      return { text: 't' };
    case 'V1MicroTime':
      return { text: 'T' };
    case 'IntOrString':
      return { text: 'x' };
    case 'any':
      return { text: '*' };
    default:
      return { text: `@${idOf(type)}`, model: type };
  }
}

function wrapped(mark, code) {
  return { ...code, text: `${mark}${code.text}` };
}
