// What pods find outside the cluster: a few sites of the Internet that tutorials ask for. All else has no name there.
import { answerOf } from './shell/network.ts';
import type { HttpAnswer, HttpRequest, NetworkFault } from './shell/world.ts';

const page = (title: string, body: string) =>
  `<html><head></head><body><header>\n<title>${title}</title>\n</header>\n\n${body}\n</body></html>\n`;

/** Pages by the names of their sites. */
const SITES: Readonly<Record<string, string>> = {
  'info.cern.ch': page(
    'http://info.cern.ch',
    '<h1>http://info.cern.ch - home of the first website</h1>\n<ul>\n<li><a href="http://info.cern.ch/hypertext/WWW/TheProject.html">Browse the first website</a></li>\n</ul>',
  ),
  'example.com': page('Example Domain', '<h1>Example Domain</h1>'),
  'github.com': page('GitHub', '<h1>GitHub</h1>'),
  'google.com': page('Google', '<h1>Google</h1>'),
  'kubernetes.io': page('Kubernetes', '<h1>Kubernetes</h1>'),
};

/** Addresses that stand in documents for any: their last number is the site's place. */
const NETWORK = '203.0.113.';
const NAMES = Object.keys(SITES);

/** The address of a site, with or without `www.`; undefined: nobody knows the name. */
export function outsideAddress(host: string): string | undefined {
  const i = NAMES.indexOf(host.replace(/^www\./, ''));
  return i < 0 ? undefined : `${NETWORK}${i + 1}`;
}

function siteAt(address: string): string | undefined {
  return address.startsWith(NETWORK) ? NAMES[Number(address.slice(NETWORK.length)) - 1] : undefined;
}

/** Web servers answer on two ports; undefined: the address is none of theirs. */
export function connectOutside(address: string, port: number): 'open' | NetworkFault | undefined {
  if (siteAt(address) === undefined) return undefined;
  return port === 80 || port === 443 ? 'open' : 'refused';
}

export function requestOutside(address: string, port: number, { path }: HttpRequest): HttpAnswer | NetworkFault | undefined {
  const state = connectOutside(address, port);
  if (state !== 'open') return state;
  const isFront = path === '/' || path.startsWith('/?');
  return {
    ...(isFront ? answerOf(200, SITES[siteAt(address) ?? ''] ?? '') : answerOf(404, page('404', '<h1>Not Found</h1>'))),
    afterMs: 40,
  };
}
