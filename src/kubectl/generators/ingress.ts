// kubectl create ingress. Models kubectl/pkg/cmd/create/create_ingress.go.
import { CommandError } from '../errors.ts';
import { type Generator, metaOf } from './generator.ts';

/** `host/path*=service:port,tls=secret`: a star behind the path makes it a prefix. */
const RULE = /^(?<host>[\w*\-.]*)(?<path>\/[^=]*)?=(?<service>[\w-]+):(?<port>[\w-]+)(,(?<tls>tls(=(?<secret>[\w\-.]*))?))?$/;

export const createIngress: Generator = {
  name: 'ingress',
  aliases: ['ing'],
  usage: 'NAME --rule=host/path=service:port[,tls[=secret]]',
  summary: 'Create an ingress with the specified name',
  flags: [
    { name: 'class', type: 'string', help: 'The class of the ingress.' },
    { name: 'rule', type: 'array', help: 'host/path=service:port[,tls=secret]; path* for all below it.' },
    { name: 'default-backend', type: 'string', help: 'service:port for everything else.' },
    { name: 'annotation', type: 'array', help: 'An annotation: key=value.' },
  ],
  failure: 'failed to create ingress: ',
  build(name, args) {
    const rules = args.texts('rule').map(ruleOf);
    const fallback = args.text('default-backend');
    if (rules.length === 0 && !fallback)
      throw new CommandError(
        'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
      );
    const [service, port, ...more] = fallback.split(':');
    if (fallback && (!service || !port || more.length > 0))
      throw new CommandError('default-backend should be in format servicename:serviceport');
    const annotations = Object.fromEntries(args.texts('annotation').map((text) => text.split('=', 2)));
    const tls = rules
      .filter(({ hasTls }) => hasTls)
      .map(({ host, secret }) => ({ ...(host ? { hosts: [host] } : {}), ...(secret ? { secretName: secret } : {}) }));
    return {
      apiVersion: 'networking.k8s.io/v1',
      kind: 'Ingress',
      metadata: { ...(args.has('annotation') ? { annotations } : {}), ...metaOf(name) },
      spec: {
        ...(fallback ? { defaultBackend: backendOf(service as string, port as string) } : {}),
        ...(args.text('class') ? { ingressClassName: args.text('class') } : {}),
        ...(rules.length > 0 ? { rules: byHost(rules) } : {}),
        ...(tls.length > 0 ? { tls } : {}),
      },
      status: { loadBalancer: {} },
    };
  },
};

interface Rule {
  readonly host: string;
  readonly path: object;
  readonly hasTls: boolean;
  readonly secret: string;
}

function ruleOf(text: string): Rule {
  const groups = RULE.exec(text)?.groups;
  if (!groups) throw new CommandError(`rule ${text} is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]`);
  const { host = '', path = '/', service = '', port = '', tls, secret = '' } = groups;
  const isPrefix = path.endsWith('*');
  return {
    host,
    path: { backend: backendOf(service, port), path: isPrefix ? path.slice(0, -1) : path, pathType: isPrefix ? 'Prefix' : 'Exact' },
    hasTls: tls !== undefined,
    secret,
  };
}

const backendOf = (name: string, port: string) => ({
  service: { name, port: /^\d+$/.test(port) ? { number: Number(port) } : { name: port } },
});

/** Paths of one host stand together, where the host came first. */
function byHost(rules: readonly Rule[]): object[] {
  const hosts = [...new Set(rules.map(({ host }) => host))];
  return hosts.map((host) => ({
    ...(host ? { host } : {}),
    http: { paths: rules.filter((rule) => rule.host === host).map(({ path }) => path) },
  }));
}
