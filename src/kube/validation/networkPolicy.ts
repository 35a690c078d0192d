// The rules for NetworkPolicy. Models pkg/apis/networking/validation/validation.go.
import type { FieldError } from '../errors.ts';
import { allInvalid, forbidden, invalid, isIP, notSupported, required } from '../fieldErrors.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { isPortName, isPortNumber, PORT_NUMBER_ERROR } from '../names.ts';
import { validateSelector } from './meta.ts';

interface Port {
  readonly protocol?: string;
  readonly port?: number | string;
  readonly endPort?: number;
}

interface Peer {
  readonly podSelector?: LabelSelector;
  readonly namespaceSelector?: LabelSelector;
  readonly ipBlock?: { readonly cidr?: string; readonly except?: readonly string[] };
}

interface NetworkPolicy extends KubeObject {
  readonly spec: {
    readonly podSelector?: LabelSelector;
    readonly policyTypes?: readonly string[];
    readonly ingress?: readonly { readonly ports?: readonly Port[]; readonly from?: readonly Peer[] }[];
    readonly egress?: readonly { readonly ports?: readonly Port[]; readonly to?: readonly Peer[] }[];
  };
}

const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];
const POLICY_TYPES = ['Egress', 'Ingress'];
const BAD_CIDR = 'must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)';

export function validateNetworkPolicy(object: KubeObject): FieldError[] {
  const { podSelector, policyTypes = [], ingress = [], egress = [] } = (object as NetworkPolicy).spec;
  const errors = validateSelector(podSelector, 'spec.podSelector');
  ingress.forEach(({ ports, from }, i) => errors.push(...validateRule(ports, from, `spec.ingress[${i}]`, 'from')));
  egress.forEach(({ ports, to }, i) => errors.push(...validateRule(ports, to, `spec.egress[${i}]`, 'to')));
  if (policyTypes.length > POLICY_TYPES.length)
    return [...errors, invalid('spec.policyTypes', policyTypes, 'may not specify more than two policyTypes')];
  const wrong = policyTypes.flatMap((type, i) =>
    POLICY_TYPES.includes(type) ? [] : [notSupported(`spec.policyTypes[${i}]`, type, POLICY_TYPES)],
  );
  return [...errors, ...wrong];
}

function validateRule(ports: readonly Port[] = [], peers: readonly Peer[] = [], field: string, side: 'from' | 'to'): FieldError[] {
  return [
    ...ports.flatMap((port, i) => validatePort(port, `${field}.ports[${i}]`)),
    ...peers.flatMap((peer, i) => validatePeer(peer, `${field}.${side}[${i}]`)),
  ];
}

function validatePort({ protocol, port, endPort }: Port, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (protocol !== undefined && !PROTOCOLS.includes(protocol)) errors.push(notSupported(`${field}.protocol`, protocol, PROTOCOLS));
  if (typeof port === 'number') {
    if (!isPortNumber(port)) errors.push(invalid(`${field}.port`, port, PORT_NUMBER_ERROR));
    if (endPort !== undefined && endPort < port)
      errors.push(invalid(`${field}.endPort`, endPort, 'must be greater than or equal to `port`'));
    if (endPort !== undefined && !isPortNumber(endPort)) errors.push(invalid(`${field}.endPort`, endPort, PORT_NUMBER_ERROR));
  } else if (port !== undefined) {
    if (endPort !== undefined) errors.push(invalid(`${field}.endPort`, endPort, 'may not be specified when `port` is non-numeric'));
    errors.push(...allInvalid(`${field}.port`, port, isPortName(port)));
  } else if (endPort !== undefined) errors.push(required(`${field}.port`, 'must be specified when `endPort` is specified'));
  return errors;
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: Peer, field: string): FieldError[] {
  const errors = [
    ...validateSelector(podSelector, `${field}.podSelector`),
    ...validateSelector(namespaceSelector, `${field}.namespaceSelector`),
  ];
  const hasSelector = podSelector !== undefined || namespaceSelector !== undefined;
  if (!ipBlock) return hasSelector ? errors : [...errors, required(field, 'must specify a peer')];
  if (hasSelector) errors.push(forbidden(field, 'may not specify both ipBlock and another peer'));
  const { cidr = '', except = [] } = ipBlock;
  if (cidr === '') return [...errors, required(`${field}.ipBlock.cidr`)];
  const block = parseCidr(cidr);
  if (!block) return [...errors, invalid(`${field}.ipBlock.cidr`, cidr, BAD_CIDR)];
  except.forEach((text, i) => {
    const part = parseCidr(text);
    const at = `${field}.ipBlock.except[${i}]`;
    if (!part) errors.push(invalid(at, text, BAD_CIDR));
    else if (!isWithin(part, block)) errors.push(invalid(at, text, 'must be a strict subset of `cidr`'));
  });
  return errors;
}

interface Cidr {
  readonly address: string;
  readonly bits: number;
}

function parseCidr(text: string): Cidr | undefined {
  const [address = '', bits = ''] = text.split('/');
  const max = address.includes(':') ? 128 : 32;
  return isIP(address) && /^\d{1,3}$/.test(bits) && Number(bits) <= max ? { address, bits: Number(bits) } : undefined;
}

/** Of addresses of the sixth version only the lengths are compared. */
function isWithin(part: Cidr, block: Cidr): boolean {
  if (part.bits <= block.bits || part.address.includes(':') !== block.address.includes(':')) return false;
  return part.address.includes(':') || prefixOf(part.address, block.bits) === prefixOf(block.address, block.bits);
}

function prefixOf(address: string, bits: number): number {
  const value = address.split('.').reduce((sum, byte) => sum * 256 + Number(byte), 0);
  return Math.floor(value / 2 ** (32 - bits));
}
