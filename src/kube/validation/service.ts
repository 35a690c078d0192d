// The rules for Services. Models pkg/apis/core/validation/validation.go (ValidateService). Leaves out addresses and IP families.
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, notSupported, required } from '../fieldErrors.ts';
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
