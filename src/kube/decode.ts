// From what a user sent to an object the server keeps: unknown fields are found, wrong types are refused in Go's words, nulls and
// empty values are dropped, quantities get their canonical text.
// Models sigs.k8s.io/json (strict, case-sensitive decoding), the json tags of k8s.io/api, and runtime/serializer/json/json.go.
import { ApiError } from './errors.ts';
import type { Decoded, Kind } from './kind.ts';
import { builtInKinds } from './kinds/builtIn.ts';
import type { KindTable } from './kindTable.ts';
import type { KubeObject } from './meta.ts';
import { canonicalQuantity, isQuantity, QUANTITY_ERROR } from './quantity.ts';
import { type FieldCode, fieldsOf, goTypeName, typeOfKind } from './schema/schema.ts';

/** Returns the object with only known fields. Throws ApiError BadRequest, when strict also for `unknown field "spec.x"`. */
export function decodeStrict<T extends KubeObject>(given: T, strict: boolean, kinds?: KindTable): T {
  const { object, unknownFields } = decode(given, kinds);
  if (strict && unknownFields.length > 0) {
    const list = unknownFields.map((field) => `unknown field ${JSON.stringify(field)}`).join(', ');
    throw cannotBeHandled(given, `strict decoding error: ${list}`);
  }
  return object;
}

/** Returns the object as a server reads it, and what it did not know. Throws ApiError BadRequest for a value of a wrong type. */
export function decode<T extends KubeObject>(given: T, kinds: KindTable = builtInKinds): Decoded<T> {
  const kind = kinds.findIn(given.apiVersion, given.kind);
  if (kind?.prune) return decodeCustom(given, kind.prune(given) as Decoded<T>);
  const type = typeOfKind(given.apiVersion, given.kind);
  if (!type) return { object: asKept(given, kind), unknownFields: [] };
  const decoder = new Decoder();
  const object = decoder.struct(given, type, '', '') as T;
  if (decoder.mistake) throw cannotBeHandled(given, decoder.mistake);
  return { object: asKept(object, kind), unknownFields: decoder.unknownFields };
}

/** Of an object whose shape is not built in, only the metadata has types. */
function decodeCustom<T extends KubeObject>(given: T, { object, unknownFields }: Decoded<T>): Decoded<T> {
  const decoder = new Decoder();
  const metadata = decoder.struct(given.metadata ?? {}, 'ObjectMeta', 'metadata', 'metadata');
  if (decoder.mistake) throw cannotBeHandled(given, decoder.mistake);
  return { object: { ...object, metadata }, unknownFields: [...decoder.unknownFields, ...unknownFields] };
}

/** What is wrong with the types in an object's metadata: kubectl looks at these before it sends anything. */
export function metadataMistake(object: unknown): string | undefined {
  const metadata = (object as { readonly metadata?: unknown } | null)?.metadata;
  const decoder = new Decoder();
  decoder.value(metadata, '@ObjectMeta', { struct: 'metadataOnlyObject', fields: 'metadata' }, 'metadata');
  return decoder.mistake;
}

function cannotBeHandled({ apiVersion, kind }: KubeObject, reason: string): ApiError {
  const version = apiVersion.slice(apiVersion.indexOf('/') + 1);
  return new ApiError('BadRequest', `${kind} in version "${version}" cannot be handled as a ${kind}: ${reason}`);
}

/** Objects that come in another version of their kind are kept in the one version. */
const asKept = <T extends KubeObject>(object: T, kind: Kind | undefined): T => (kind?.keep ? (kind.keep(object) as T) : object);

/** Where a value stands, for Go's messages: the innermost struct, and the fields from the top. */
interface GoPlace {
  readonly struct: string;
  readonly fields: string;
}

/** Structs that Go holds by value: left out, they are there with nothing in them. Beside the spec of every kind, those that are read on from. */
const ALWAYS_THERE: Readonly<Record<string, readonly string[]>> = {
  DeploymentSpec: ['template'],
  StatefulSetSpec: ['template'],
  DaemonSetSpec: ['template'],
  JobSpec: ['template'],
  CronJobSpec: ['jobTemplate'],
  JobTemplateSpec: ['spec'],
  PodTemplateSpec: ['spec'],
  PreferredSchedulingTerm: ['preference'],
  WeightedPodAffinityTerm: ['podAffinityTerm'],
  HorizontalPodAutoscalerSpec: ['scaleTargetRef'],
  V2HorizontalPodAutoscalerSpec: ['scaleTargetRef'],
};

class Decoder {
  readonly unknownFields: string[] = [];
  /** The first value of a wrong type. Go reads on after it, and so does this. */
  mistake: string | undefined;

  struct(given: unknown, type: string, fields: string, path: string): unknown {
    const known = fieldsOf(type);
    const source = given as Readonly<Record<string, unknown>>;
    const result: Record<string, unknown> = {};
    const struct = goTypeName(type);
    // kubectl sends JSON with sorted keys: the first mistake is the first in that order.
    for (const key of Object.keys(source).sort()) {
      const code = Object.hasOwn(known, key) ? known[key] : undefined;
      const inner = path === '' ? key : `${path}.${key}`;
      if (code === undefined) {
        this.unknownFields.push(inner);
        continue;
      }
      const place = { struct, fields: fields === '' ? key : `${fields}.${key}` };
      const value = this.value(source[key], code, place, inner);
      if (value !== undefined && !isOmitted(value, code, inner)) result[key] = value;
    }
    const always = known['kind'] && known['spec']?.startsWith('@') ? ['spec'] : (ALWAYS_THERE[type] ?? []);
    for (const field of always) result[field] ??= this.zero(known[field] ?? '', fields, path);
    return result;
  }

  private zero(code: FieldCode, fields: string, path: string): unknown {
    return code.startsWith('@') ? this.struct({}, code.slice(1), fields, path) : {};
  }

  value(given: unknown, code: FieldCode, place: GoPlace, path: string): unknown {
    if (given === null || given === undefined) return undefined;
    const rest = code.slice(1);
    switch (code[0]) {
      case '@':
        if (!isPlainMap(given)) return this.refuse(given, `v1.${goTypeName(rest)}`, place);
        return this.struct(given, rest, place.fields, path);
      case '[':
        if (!Array.isArray(given)) return this.refuse(given, goType(code), place);
        return given.map((item, i) => this.item(item, rest, place, `${path}[${i}]`));
      case '{':
        if (rest === 'q' && isPlainMap(given)) return this.map(given, rest, place, path);
        if (!isPlainMap(given)) return this.refuse(given, goType(code), place);
        return this.map(given, rest, place, path);
      case 'S':
        return typeof given === 'boolean' ? given : this.value(given, '@JSONSchemaProps', place, path);
      default:
        return this.scalar(given, code, place);
    }
  }

  /** In a list, null is the zero value of its type. */
  private item(given: unknown, code: FieldCode, place: GoPlace, path: string): unknown {
    const value = this.value(given, code, place, path);
    if (value !== undefined) return value;
    return code.startsWith('@') || code.startsWith('{') ? this.zero(code, place.fields, path) : code.startsWith('[') ? [] : '';
  }

  private map(given: Readonly<Record<string, unknown>>, code: FieldCode, place: GoPlace, path: string): unknown {
    const result: Record<string, unknown> = {};
    for (const key of Object.keys(given).sort()) {
      const value = this.value(given[key], code, place, `${path}.${key}`);
      result[key] = value ?? (code === 's' ? '' : code === 'q' ? '0' : {});
    }
    return result;
  }

  private scalar(given: unknown, code: FieldCode, place: GoPlace): unknown {
    switch (code) {
      case 's':
        return typeof given === 'string' ? given : this.refuse(given, goStringType(place), place);
      case 'y':
        return typeof given === 'string' ? this.bytes(given) : this.refuse(given, '[]uint8', place);
      case 'b':
        return typeof given === 'boolean' ? given : this.refuse(given, 'bool', place);
      case 'd':
        return typeof given === 'number' ? given : this.refuse(given, 'float64', place);
      case 'i':
        return isIntegerWithin(given, 2 ** 31) ? given : this.refuse(given, 'int32', place, true);
      case 'l':
        return isIntegerWithin(given, 2 ** 63) ? given : this.refuse(given, 'int64', place, true);
      case 'q':
        return this.quantity(given);
      case 'x':
        if (typeof given === 'string' || isIntegerWithin(given, 2 ** 31)) return given;
        this.mistake ??= `json: cannot unmarshal ${goKind(given)}${typeof given === 'number' ? ` ${given}` : ''} into Go value of type int32`;
        return undefined;
      case 't':
      case 'T':
        return this.time(given, code === 'T');
      default:
        return given;
    }
  }

  private bytes(given: string): string {
    const at = illegalBase64At(given);
    if (at >= 0) this.mistake ??= `illegal base64 data at input byte ${at}`;
    return given;
  }

  private quantity(given: unknown): unknown {
    if ((typeof given === 'string' || typeof given === 'number') && isQuantity(given)) return canonicalQuantity(given);
    this.mistake ??= QUANTITY_ERROR;
    return undefined;
  }

  private time(given: unknown, isMicro: boolean): unknown {
    if (typeof given !== 'string') {
      this.mistake ??= `json: cannot unmarshal ${goKind(given)} into Go value of type string`;
      return undefined;
    }
    if (/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(given)) return given;
    const layout = isMicro ? '2006-01-02T15:04:05.000000Z07:00' : '2006-01-02T15:04:05Z07:00';
    this.mistake ??= `parsing time ${JSON.stringify(given)} as "${layout}": cannot parse ${JSON.stringify(given)} as "2006"`;
    return undefined;
  }

  /** A number that is no integer, or too large a one, is named with its digits. */
  private refuse(given: unknown, type: string, { struct, fields }: GoPlace, isInteger = false): undefined {
    const found = isInteger && typeof given === 'number' ? `number ${given}` : goKind(given);
    this.mistake ??= `json: cannot unmarshal ${found} into Go struct field ${struct}.${fields} of type ${type}`;
    return undefined;
  }
}

const isPlainMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isIntegerWithin = (value: unknown, limit: number): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= -limit && value < limit;

/** JSON's kinds of values as Go's decoder names them. */
function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return 'number';
  return typeof value === 'string' ? 'string' : 'object';
}

/** Strings that have a type of their own in Go. */
const STRING_TYPES: Readonly<Record<string, string>> = {
  'PodSpec.restartPolicy': 'RestartPolicy',
  'PodSpec.dnsPolicy': 'DNSPolicy',
  'PodSpec.preemptionPolicy': 'PreemptionPolicy',
  'Container.imagePullPolicy': 'PullPolicy',
  'Container.terminationMessagePolicy': 'TerminationMessagePolicy',
  'Container.restartPolicy': 'ContainerRestartPolicy',
  'ContainerPort.protocol': 'Protocol',
  'ServicePort.protocol': 'Protocol',
  'HTTPGetAction.scheme': 'URIScheme',
  'Toleration.operator': 'TolerationOperator',
  'Toleration.effect': 'TaintEffect',
  'Taint.effect': 'TaintEffect',
  'EmptyDirVolumeSource.medium': 'StorageMedium',
  'HostPathVolumeSource.type': 'HostPathType',
  'NodeSelectorRequirement.operator': 'NodeSelectorOperator',
  'LabelSelectorRequirement.operator': 'LabelSelectorOperator',
  'TopologySpreadConstraint.whenUnsatisfiable': 'UnsatisfiableConstraintAction',
  'DeploymentStrategy.type': 'DeploymentStrategyType',
  'StatefulSetUpdateStrategy.type': 'StatefulSetUpdateStrategyType',
  'StatefulSetSpec.podManagementPolicy': 'PodManagementPolicyType',
  'DaemonSetUpdateStrategy.type': 'DaemonSetUpdateStrategyType',
  'JobSpec.completionMode': 'CompletionMode',
  'CronJobSpec.concurrencyPolicy': 'ConcurrencyPolicy',
  'ServiceSpec.type': 'ServiceType',
  'ObjectMeta.uid': 'types.UID',
  'OwnerReference.uid': 'types.UID',
};

/** Where Go's decoder finds that a text is no base64; -1 where it is. Models encoding/base64 decodeQuantum. */
function illegalBase64At(text: string): number {
  const letters = text.replaceAll(/[\r\n]/g, '');
  const wrong = letters.search(/[^A-Za-z0-9+/]/);
  const length = wrong < 0 ? letters.length : wrong;
  const rest = length % 4;
  if (wrong < 0) return rest === 0 ? -1 : length - rest;
  const padding = letters.slice(wrong);
  if (padding[0] !== '=' || rest < 2) return wrong;
  if (rest === 2) return padding === '==' ? -1 : padding[1] === undefined ? letters.length : padding[1] === '=' ? wrong + 2 : wrong + 1;
  return padding === '=' ? -1 : wrong + 1;
}

function goStringType({ struct, fields }: GoPlace): string {
  const name = STRING_TYPES[`${struct}.${fields.slice(fields.lastIndexOf('.') + 1)}`];
  if (name === undefined) return 'string';
  return name.includes('.') ? name : `v1.${name}`;
}

const GO_NAMES: Readonly<Record<string, string>> = {
  s: 'string',
  i: 'int32',
  l: 'int64',
  d: 'float64',
  b: 'bool',
  q: 'resource.Quantity',
  x: 'intstr.IntOrString',
  t: 'v1.Time',
  T: 'v1.MicroTime',
  y: '[]uint8',
  '*': 'interface {}',
};

function goType(code: FieldCode): string {
  const rest = code.slice(1);
  if (code === '{q') return 'v1.ResourceList';
  if (code.startsWith('[')) return `[]${goType(rest)}`;
  if (code.startsWith('{')) return `map[string]${goType(rest)}`;
  if (code.startsWith('@')) return `v1.${goTypeName(rest)}`;
  return GO_NAMES[code] ?? 'string';
}

// What Go leaves out when it writes JSON: empty lists, maps and texts, and the zeros of fields that are no pointers. ----------

const TEXTS_KEPT = new Set([
  'storageClassName',
  'service',
  'ingressClassName',
  'volumeAttributesClassName',
  'timeZone',
  'runtimeClassName',
  'hostnameOverride',
  'volumeName',
]);
const LISTS_KEPT = new Set(['rules', 'nodeSelectorTerms', 'containers']);
const FALSE_DROPPED = new Set([
  'hostNetwork',
  'hostPID',
  'hostIPC',
  'readOnly',
  'stdin',
  'stdinOnce',
  'tty',
  'paused',
  'unschedulable',
  'publishNotReadyAddresses',
  'globalDefault',
]);
const ZERO_DROPPED = new Set([
  'hostPort',
  'initialDelaySeconds',
  'timeoutSeconds',
  'periodSeconds',
  'successThreshold',
  'failureThreshold',
  'minReadySeconds',
]);

function isOmitted(value: unknown, code: FieldCode, path: string): boolean {
  // A value of any type, the default in a schema: nothing in it is left out.
  if (code === '*') return false;
  const key = path.slice(path.lastIndexOf('.') + 1);
  // An error about a template's labels tells whether they were empty or not there.
  if (path.endsWith('template.metadata.labels')) return false;
  if (value === '') return code === 's' && !TEXTS_KEPT.has(key) && key !== 'name';
  if (value === false) return FALSE_DROPPED.has(key);
  if (value === 0) return ZERO_DROPPED.has(key);
  if (Array.isArray(value)) return value.length === 0 && !LISTS_KEPT.has(key);
  return code.startsWith('{') && Object.keys(value as object).length === 0;
}
