// Addresses of machines and networks, and URLs. Models apiserver/pkg/cel/library/{ip,cidr,urls}.go.
import { isIP } from '../../fieldErrors.ts';
import { type Library, overloads } from '../overload.ts';
import { CelError, Opaque } from '../value.ts';

const IP = 'net.IP';
const CIDR = 'net.CIDR';
const URL = 'kubernetes.URL';

interface Address {
  readonly bits: bigint;
  readonly family: 4 | 6;
}

function addressOf(text: string): Address {
  if (!isIP(text))
    throw new CelError(
      `IP Address ${JSON.stringify(text)} parse error during conversion from string: ParseAddr(${JSON.stringify(text)}): unable to parse IP`,
    );
  if (!text.includes(':')) return { bits: text.split('.').reduce((sum, part) => sum * 256n + BigInt(part), 0n), family: 4 };
  const [before = '', after] = text.split('::');
  const groupsOf = (part: string) => (part === '' ? [] : part.split(':'));
  const [left, right] = [groupsOf(before), groupsOf(after ?? '')];
  const middle = after === undefined ? [] : Array.from({ length: 8 - left.length - right.length }, () => '0');
  return { bits: [...left, ...middle, ...right].reduce((sum, part) => sum * 65_536n + BigInt(`0x${part || '0'}`), 0n), family: 6 };
}

function textOf({ bits, family }: Address): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (bits >> shift) & 255n).join('.');
  const groups = Array.from({ length: 8 }, (_, i) => ((bits >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(':');
  const zeros = groups.match(/(?:^|:)0(?::0)+(?=:|$)/g)?.sort((a, b) => b.length - a.length)[0];
  return zeros === undefined ? groups : groups.replace(zeros, '::').replace(/:{3,}/, '::');
}

const ip = (text: string): Opaque => new Opaque(IP, addressOf(text));
const inside = ({ value }: Opaque): Address => value as Address;

interface Network {
  readonly address: Address;
  readonly length: number;
}

function cidr(text: string): Opaque {
  const [, address = '', digits = ''] = /^(.*)\/(\d+)$/.exec(text) ?? [];
  const length = Number(digits);
  if (!isIP(address) || length > (address.includes(':') ? 128 : 32))
    throw new CelError(`network address parse error during conversion from string: netip.ParsePrefix(${JSON.stringify(text)}): no '/'`);
  return new Opaque(CIDR, { address: addressOf(address), length });
}

const network = ({ value }: Opaque): Network => value as Network;

function masked({ address, length }: Network): Network {
  const rest = BigInt((address.family === 4 ? 32 : 128) - length);
  return { address: { ...address, bits: (address.bits >> rest) << rest }, length };
}

function contains(outer: Network, inner: Network): boolean {
  const { address, length } = inner;
  return (
    outer.length <= length &&
    outer.address.family === address.family &&
    masked({ address, length: outer.length }).address.bits === masked(outer).address.bits
  );
}

const containsIP = (outer: Opaque, { bits, family }: Address) =>
  contains(network(outer), { address: { bits, family }, length: family === 4 ? 32 : 128 });

function isThat(make: (text: string) => unknown) {
  return (text: string): boolean => {
    try {
      make(text);
      return true;
    } catch (error) {
      if (error instanceof CelError) return false;
      throw error;
    }
  };
}

const isLoopback = ({ bits, family }: Address) => (family === 4 ? bits >> 24n === 127n : bits === 1n);

const URL_PARTS = /^(?:([A-Za-z][A-Za-z\d+.-]*):)?(?:\/\/([^/?#]*))?([^?#]*)(?:\?([^#]*))?(?:#.*)?$/;

function url(text: string): Opaque {
  const [, scheme, host, path = '', query = ''] = URL_PARTS.exec(text) ?? [];
  if (/\s/.test(text) || (scheme === undefined && !path.startsWith('/')))
    throw new CelError(`URL parse error during conversion from string: parse ${JSON.stringify(text)}: invalid URI for request`);
  return new Opaque(URL, { scheme: scheme ?? '', host: host ?? '', path, query });
}

const partOf = (name: string) => (given: Opaque) => (given.value as Record<string, string>)[name] ?? '';
const hostname = (given: Opaque) =>
  partOf('host')(given)
    .replace(/:\d*$/, '')
    .replace(/^\[|\]$/g, '');
const port = (given: Opaque) => /:(\d+)$/.exec(partOf('host')(given))?.[1] ?? '';

function query(given: Opaque): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const pair of partOf('query')(given).split('&').filter(Boolean)) {
    const [name = '', value = ''] = pair.split('=');
    (all[name] ??= []).push(decodeURIComponent(value));
  }
  return all;
}

export const addresses: Library = {
  ip: overloads(['(string) IP', ip], ['CIDR.() IP', (given: Opaque) => new Opaque(IP, network(given).address)]),
  isIP: overloads(['(string) bool', isIP]),
  'ip.isCanonical': overloads(['(string) bool', (text: string) => textOf(addressOf(text)) === text]),
  family: overloads(['IP.() int', (given: Opaque) => inside(given).family]),
  isLoopback: overloads(['IP.() bool', (given: Opaque) => isLoopback(inside(given))]),
  isUnspecified: overloads(['IP.() bool', (given: Opaque) => inside(given).bits === 0n]),
  cidr: overloads(['(string) CIDR', cidr]),
  isCIDR: overloads(['(string) bool', isThat(cidr)]),
  containsIP: overloads(
    ['CIDR.(IP) bool', (outer: Opaque, inner: Opaque) => containsIP(outer, inside(inner))],
    ['CIDR.(string) bool', (outer: Opaque, inner: string) => containsIP(outer, addressOf(inner))],
  ),
  containsCIDR: overloads(
    ['CIDR.(CIDR) bool', (outer: Opaque, inner: Opaque) => contains(network(outer), network(inner))],
    ['CIDR.(string) bool', (outer: Opaque, inner: string) => contains(network(outer), network(cidr(inner)))],
  ),
  masked: overloads(['CIDR.() CIDR', (given: Opaque) => new Opaque(CIDR, masked(network(given)))]),
  prefixLength: overloads(['CIDR.() int', (given: Opaque) => network(given).length]),
  string: overloads(
    ['(IP) string', (given: Opaque) => textOf(inside(given))],
    ['(CIDR) string', (given: Opaque) => `${textOf(network(given).address)}/${network(given).length}`],
  ),
  url: overloads(['(string) URL', url]),
  isURL: overloads(['(string) bool', isThat(url)]),
  getScheme: overloads(['URL.() string', partOf('scheme')]),
  getHost: overloads(['URL.() string', partOf('host')]),
  getHostname: overloads(['URL.() string', hostname]),
  getPort: overloads(['URL.() string', port]),
  getEscapedPath: overloads(['URL.() string', partOf('path')]),
  getQuery: overloads(['URL.() map(string, list(string))', query]),
};
