// The rules for Services and PriorityClasses. Models pkg/apis/core/validation/validation.go (ValidateService) and
// pkg/apis/scheduling/validation/validation.go. Leaves out addresses and IP families.
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, notSupported, required } from '../fieldErrors.ts';
import type { IntOrString } from '../kinds/pod.ts';
import type { KubeObject, StringMap } from '../meta.ts';
import { isDns1123Label } from '../names.ts';
import { validatePortNumber, validatePortOrName } from './container.ts';
import { validateLabels } from './meta.ts';

interface ServicePort {
  readonly name?: string;
  readonly port?: number;
  readonly protocol?: string;
  readonly targetPort?: IntOrString;
  readonly nodePort?: number;
}

interface ServiceSpec {
  readonly type?: string;
  readonly clusterIP?: string;
  readonly externalName?: string;
  readonly sessionAffinity?: string;
  readonly selector?: StringMap;
  readonly ports?: readonly ServicePort[];
}

const TYPES = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

export function validateService({ spec: given }: KubeObject): FieldError[] {
  const spec = (given ?? {}) as ServiceSpec;
  const { type = '', ports = [], clusterIP, externalName, sessionAffinity = '' } = spec;
  const errors: FieldError[] = [];
  if (type === 'ExternalName' && !externalName) errors.push(required('spec.externalName'));
  if (ports.length === 0 && clusterIP !== 'None' && type !== 'ExternalName') errors.push(required('spec.ports'));
  errors.push(...portErrors(ports));
  errors.push(...validateLabels(spec.selector, 'spec.selector'));
  if (!['ClientIP', 'None'].includes(sessionAffinity))
    errors.push(notSupported('spec.sessionAffinity', sessionAffinity, ['ClientIP', 'None']));
  if (!TYPES.includes(type)) errors.push(notSupported('spec.type', type, TYPES));
  return errors;
}

function portErrors(ports: readonly ServicePort[]): FieldError[] {
  const names = new Set<string>();
  const numbers = new Set<string>();
  return ports.flatMap(({ name, port = 0, protocol = '', targetPort }, i) => {
    const path = `spec.ports[${i}]`;
    const errors: FieldError[] = [];
    if (!name) {
      if (ports.length > 1) errors.push(required(`${path}.name`));
    } else {
      errors.push(...allInvalid(`${path}.name`, name, isDns1123Label(name)));
      if (names.has(name)) errors.push(duplicate(`${path}.name`, name));
      names.add(name);
    }
    errors.push(...validatePortNumber(port, `${path}.port`));
    if (!PROTOCOLS.includes(protocol)) errors.push(notSupported(`${path}.protocol`, protocol, PROTOCOLS));
    if (targetPort !== undefined) errors.push(...validatePortOrName(targetPort, `${path}.targetPort`));
    const key = `${protocol}/${port}`;
    if (numbers.has(key))
      errors.push(duplicate(path, { Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0 }));
    numbers.add(key);
    return errors;
  });
}

const USER_PRIORITY_MAX = 1_000_000_000;
const POLICIES = ['Never', 'PreemptLowerPriority'];

type PriorityClass = KubeObject & { readonly value?: number; readonly preemptionPolicy?: string };

export function validatePriorityClass(object: KubeObject): FieldError[] {
  const { metadata, value = 0, preemptionPolicy = '' } = object as PriorityClass;
  const errors: FieldError[] = [];
  if (metadata.name.startsWith('system-')) {
    if (metadata.name !== 'system-node-critical' && metadata.name !== 'system-cluster-critical') {
      errors.push(
        forbidden(
          'metadata.name',
          "priority class names with 'system-' prefix are reserved for system use only. error: only system-node-critical and system-cluster-critical are supported",
        ),
      );
    }
  } else if (value > USER_PRIORITY_MAX) {
    errors.push(forbidden('value', `maximum allowed value of a user defined priority is ${USER_PRIORITY_MAX}`));
  }
  if (!POLICIES.includes(preemptionPolicy)) errors.push(notSupported('preemptionPolicy', preemptionPolicy, POLICIES));
  return errors;
}

export function validatePriorityClassUpdate(object: KubeObject, old: KubeObject): FieldError[] {
  const [now, before] = [object as PriorityClass, old as PriorityClass];
  return [
    ...((now.value ?? 0) === (before.value ?? 0) ? [] : [forbidden('value', 'may not be changed in an update.')]),
    ...(now.preemptionPolicy === before.preemptionPolicy ? [] : [invalid('preemptionPolicy', now.preemptionPolicy, 'field is immutable')]),
  ];
}
