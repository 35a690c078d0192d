// What is read of nginx's configuration: where it listens, its root, and what its locations return or pass on. Variables, rewriting
// and the rest are left out.
import { rememberedBy } from '../../../../base/remembered.ts';

export interface Location {
  readonly path: string;
  readonly isExact: boolean;
  readonly root: string | undefined;
  readonly returns: { readonly status: number; readonly text: string } | undefined;
  readonly proxy: string | undefined;
}

export interface Configuration {
  readonly ports: readonly number[];
  readonly root: string;
  readonly locations: readonly Location[];
  /** By name: where to pass requests on to. */
  readonly upstreams: Readonly<Record<string, string>>;
}

const ROOT = '/usr/share/nginx/html';
const DIRECTIVE = /([a-z_]+)\s+((?:"[^"]*"|'[^']*'|[^;{}"'])*)[;]/g;

export const readConfiguration = rememberedBy(
  32,
  (text: string) => text,
  (text): Configuration => read(text.replace(/(^|\s)#[^\n]*/g, '$1')),
);

function read(text: string): Configuration {
  const blocks = [...text.matchAll(/location\s+(=\s*|~\*?\s*|\^~\s*)?([^\s{]+)\s*\{([^{}]*)\}/g)];
  const outside = blocks.reduce((rest, [whole]) => rest.replace(whole, ''), text);
  const directives = directivesOf(outside);
  const ports = directives.filter(([name]) => name === 'listen').map(([, value]) => portOf(value));
  const upstreams = [...text.matchAll(/upstream\s+(\S+)\s*\{\s*server\s+([^\s;]+)/g)].map(([, name = '', server = '']) => [name, server]);
  return {
    ports: ports.length > 0 ? [...new Set(ports)] : [80],
    root: valueOf(directives, 'root') ?? ROOT,
    locations: blocks.map(([, sign = '', path = '', body = '']) => locationOf(sign.trim(), path, directivesOf(body))),
    upstreams: Object.fromEntries(upstreams) as Record<string, string>,
  };
}

type Directive = readonly [name: string, value: string];

function directivesOf(text: string): Directive[] {
  return [...text.matchAll(DIRECTIVE)].map(([, name = '', value = '']) => [name, value.trim()]);
}

function valueOf(directives: readonly Directive[], name: string): string | undefined {
  return directives.find((directive) => directive[0] === name)?.[1];
}

/** `80`, `[::]:80`, `0.0.0.0:8080 default_server`. */
function portOf(value: string): number {
  return Number(/(\d+)(\s|$)/.exec(value)?.[1] ?? 80);
}

function locationOf(sign: string, path: string, directives: readonly Directive[]): Location {
  const [, status, text = ''] = /^(\d{3})\s*([^]*)$/.exec(valueOf(directives, 'return') ?? '') ?? [];
  return {
    path,
    isExact: sign === '=',
    root: valueOf(directives, 'root'),
    returns: status === undefined ? undefined : { status: Number(status), text: text.replace(/^["']|["']$/g, '').replaceAll('\\n', '\n') },
    proxy: valueOf(directives, 'proxy_pass'),
  };
}

/** The location for a path: an exact one, else the longest. */
export function locationFor(
  { locations, root, upstreams }: Configuration,
  path: string,
): { readonly root: string; readonly location: Location | undefined } {
  const [plain = ''] = path.split('?', 1);
  let found: Location | undefined;
  for (const location of locations) {
    if (location.isExact ? location.path !== plain : !plain.startsWith(location.path)) continue;
    if (!found || location.isExact || (!found.isExact && location.path.length > found.path.length)) found = location;
  }
  const host = /^https?:\/\/([^/:]+)/.exec(found?.proxy ?? '')?.[1] ?? '';
  const server = upstreams[host];
  const location = found && server !== undefined ? { ...found, proxy: `http://${server}` } : found;
  return { root: (location?.root ?? root).replace(/\/$/, ''), location };
}
