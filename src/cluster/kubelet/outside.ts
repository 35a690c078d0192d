// What pods find outside the cluster: a few sites of the Internet that tutorials ask for. All else has no name there.
import { OUTSIDE_NETWORK, type Outside } from './shell/late.ts';
import { answerOf } from './shell/network.ts';

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

const NAMES = Object.keys(SITES);

/** A site's last number is its place. */
const siteAt = (address: string) => NAMES[Number(address.slice(OUTSIDE_NETWORK.length)) - 1];

export const OUTSIDE: Outside = {
  addressOf(host) {
    const i = NAMES.indexOf(host.replace(/^www\./, ''));
    return i < 0 ? undefined : `${OUTSIDE_NETWORK}${i + 1}`;
  },
  connect(address, port) {
    if (siteAt(address) === undefined) return 'unreachable';
    return port === 80 || port === 443 ? 'open' : 'refused';
  },
  request(address, port, { path }) {
    const state = this.connect(address, port);
    if (state !== 'open') return state;
    const text = path === '/' || path.startsWith('/?') ? SITES[siteAt(address) ?? ''] : undefined;
    return { ...(text === undefined ? answerOf(404, page('404', '<h1>Not Found</h1>')) : answerOf(200, text)), afterMs: 40 };
  },
};
