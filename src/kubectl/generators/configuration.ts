// kubectl create namespace, configmap, secret, quota, serviceaccount, poddisruptionbudget and priorityclass.
// Models kubectl/pkg/cmd/create/create_{namespace,configmap,secret,quota,serviceaccount,pdb,priorityclass}.go.
// Leaves out whatever is read from files, as there are none here: --from-file, --from-env-file, the key and certificate of a TLS secret.
import { isConfigMapKey } from '../../kube/names.ts';
import { CommandError } from '../errors.ts';
import type { Flag, ParsedArgs } from '../parse.ts';
import { type Generator, metaOf, parseResources } from './generator.ts';

export const createNamespace: Generator = {
  name: 'namespace',
  aliases: ['ns'],
  usage: 'NAME',
  summary: 'Create a namespace with the specified name',
  build: (name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: metaOf(name), spec: {}, status: {} }),
};

export const createServiceAccount: Generator = {
  name: 'serviceaccount',
  aliases: ['sa'],
  usage: 'NAME',
  summary: 'Create a service account with the specified name',
  failure: 'failed to create serviceaccount: ',
  build: (name) => ({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: metaOf(name) }),
};

const literalFlags: readonly Flag[] = [
  { name: 'from-literal', type: 'array', help: 'A key and its value: key=value.' },
  { name: 'from-file', type: 'array', help: 'Refused: there are no files here.' },
  { name: 'from-env-file', type: 'array', help: 'Refused: there are no files here.' },
  { name: 'append-hash', type: 'bool', help: 'Refused.' },
];

export const createConfigMap: Generator = {
  name: 'configmap',
  aliases: ['cm'],
  usage: '[--from-literal=key1=value1]',
  summary: 'Create a config map from literal values',
  flags: literalFlags,
  failure: 'failed to create configmap: ',
  build(name, args) {
    const data = literalsOf(args, 'ConfigMap');
    return { apiVersion: 'v1', ...(Object.keys(data).length > 0 ? { data } : {}), kind: 'ConfigMap', metadata: metaOf(name) };
  },
};

export const createGenericSecret: Generator = {
  name: 'generic',
  usage: '[--type=string] [--from-literal=key1=value1]',
  summary: 'Create a secret from literal values',
  flags: [...literalFlags, { name: 'type', type: 'string', help: 'The type of the secret.' }],
  failure: 'failed to create secret ',
  build(name, args) {
    const data = Object.fromEntries(Object.entries(literalsOf(args, 'Secret')).map(([key, value]) => [key, toBase64(value)]));
    const type = args.text('type');
    return {
      apiVersion: 'v1',
      ...(Object.keys(data).length > 0 ? { data } : {}),
      kind: 'Secret',
      metadata: metaOf(name),
      ...(type ? { type } : {}),
    };
  },
};

export const createRegistrySecret: Generator = {
  name: 'docker-registry',
  usage: 'NAME --docker-username=user --docker-password=password --docker-email=email [--docker-server=string]',
  summary: 'Create a secret for use with a Docker registry',
  flags: [
    { name: 'docker-username', type: 'string', help: 'The user.' },
    { name: 'docker-password', type: 'string', help: 'The password.' },
    { name: 'docker-email', type: 'string', help: 'The address of the user.' },
    { name: 'docker-server', type: 'string', default: 'https://index.docker.io/v1/', help: 'The registry.' },
  ],
  failure: 'failed to create secret ',
  build(name, args) {
    const [username, password, email] = ['docker-username', 'docker-password', 'docker-email'].map((flag) => args.text(flag)) as string[];
    if (!username || !password || !args.text('docker-server'))
      throw new CommandError(
        'either --from-file or the combination of --docker-username, --docker-password and --docker-server is required',
      );
    const login = { username, password, ...(email ? { email } : {}), auth: toBase64(`${username}:${password}`) };
    const data = { '.dockerconfigjson': toBase64(JSON.stringify({ auths: { [args.text('docker-server')]: login } })) };
    return { apiVersion: 'v1', data, kind: 'Secret', metadata: metaOf(name), type: 'kubernetes.io/dockerconfigjson' };
  },
};

export const createTlsSecret: Generator = {
  name: 'tls',
  usage: 'NAME --cert=path/to/cert/file --key=path/to/key/file',
  summary: 'Create a TLS secret: refused, as there are no files here',
  flags: [
    { name: 'cert', type: 'string', help: 'The file of the certificate.' },
    { name: 'key', type: 'string', help: 'The file of its private key.' },
  ],
  build(_name, args) {
    if (!args.text('cert') || !args.text('key')) throw new CommandError('key and cert must be specified');
    throw new CommandError(`open ${args.text('cert')}: no such file or directory; there are no files here, apply the Secret as a manifest`);
  },
};

/** The pairs of --from-literal. Models generate/versioned ParseLiteralSource and addKeyFromLiteralTo… */
function literalsOf(args: ParsedArgs, kind: string): Record<string, string> {
  const [name = ''] = args.words;
  if (args.has('from-file') || args.has('from-env-file'))
    throw new CommandError(
      `error reading ${(args.texts('from-file')[0] ?? args.texts('from-env-file')[0] ?? '').replace(/^[^=]*=/, '')}: no such file or directory`,
    );
  if (args.isOn('append-hash')) throw new CommandError('--append-hash is not part of this kubectl');
  const data: Record<string, string> = {};
  for (const literal of args.texts('from-literal')) {
    const equals = literal.indexOf('=');
    if (equals === 0) throw new CommandError(`invalid literal source ${literal}, expected key=value`);
    if (equals < 0) throw new CommandError(`invalid literal source ${literal}, expected key=value`);
    const key = literal.slice(0, equals);
    const [why] = isConfigMapKey(key);
    if (why) throw new CommandError(`${JSON.stringify(key)} is not a valid key name for a ${kind}: ${isConfigMapKey(key).join(';')}`);
    if (key in data)
      throw new CommandError(
        `cannot add key ${kind === 'Secret' ? key : JSON.stringify(key)}, another key by that name already exists${kind === 'Secret' ? '' : ` in Data for ConfigMap ${JSON.stringify(name)}`}`,
      );
    data[key] = unquoted(literal.slice(equals + 1));
  }
  return data;
}

/** One pair of quotes around a literal's value is taken off. */
function unquoted(text: string): string {
  const isQuoted = text.length >= 2 && text[0] === text.at(-1) && (text[0] === '"' || text[0] === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Text as UTF-8 in base64, as the API keeps a secret's values. */
export function toBase64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let encoded = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    const letters = [18, 12, 6, 0].map((shift) => BASE64[(bits >> shift) & 63] as string);
    const missing = Math.max(0, i + 3 - bytes.length);
    encoded += letters.slice(0, 4 - missing).join('') + '='.repeat(missing);
  }
  return encoded;
}

export const createQuota: Generator = {
  name: 'quota',
  aliases: ['resourcequota'],
  usage: 'NAME [--hard=key1=value1,key2=value2] [--scopes=Scope1,Scope2]',
  summary: 'Create a quota with the specified name',
  flags: [
    { name: 'hard', type: 'string', help: 'The limits: cpu=4,pods=10.' },
    { name: 'scopes', type: 'string', help: 'What is counted.' },
  ],
  failure: 'failed to create quota: ',
  build(name, args) {
    const hard = parseResources(args.text('hard'));
    const scopes = args.text('scopes') ? args.text('scopes').split(',') : undefined;
    const spec = { ...(hard ? { hard } : {}), ...(scopes ? { scopes } : {}) };
    return { apiVersion: 'v1', kind: 'ResourceQuota', metadata: metaOf(name), spec, status: {} };
  },
};

export const createPodDisruptionBudget: Generator = {
  name: 'poddisruptionbudget',
  aliases: ['pdb'],
  usage: 'NAME --selector=SELECTOR --min-available=N',
  summary: 'Create a pod disruption budget with the specified name',
  flags: [
    { name: 'selector', short: 'l', type: 'string', help: 'The pods that the budget protects.' },
    { name: 'min-available', type: 'string', help: 'How many, or what percentage, must stay available.' },
    { name: 'max-unavailable', type: 'string', help: 'How many, or what percentage, may be unavailable.' },
  ],
  failure: 'failed to create poddisruptionbudgets: ',
  build(name, args) {
    const min = args.text('min-available');
    const max = args.text('max-unavailable');
    if (!args.text('selector')) throw new CommandError('a selector must be specified');
    if (!min && !max) throw new CommandError('one of min-available or max-unavailable must be specified');
    if (min && max) throw new CommandError('min-available and max-unavailable cannot be both specified');
    const spec = {
      ...(max ? { maxUnavailable: countOf(max, 'max-unavailable') } : {}),
      ...(min ? { minAvailable: countOf(min, 'min-available') } : {}),
      selector: { matchLabels: matchLabelsOf(args.text('selector')) },
    };
    const status = { currentHealthy: 0, desiredHealthy: 0, disruptionsAllowed: 0, expectedPods: 0 };
    return { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: metaOf(name), spec, status };
  },
};

function countOf(text: string, flag: string): number | string {
  if (/^\d+%$/.test(text)) return text;
  if (/^\d+$/.test(text)) return Number(text);
  throw new CommandError(`invalid format specified for ${flag}`);
}

function matchLabelsOf(text: string): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const part of text.split(',')) {
    const pair = /^([^=!]+)==?([^=]*)$/.exec(part.trim());
    if (!pair) throw new CommandError(`"${part}" not supported in a selector made of labels; use key=value`);
    labels[pair[1] as string] = pair[2] as string;
  }
  return labels;
}

export const createPriorityClass: Generator = {
  name: 'priorityclass',
  aliases: ['pc'],
  usage: 'NAME --value=VALUE --global-default=BOOL',
  summary: 'Create a priority class with the specified name',
  flags: [
    { name: 'value', type: 'int', default: '0', help: 'The priority.' },
    { name: 'global-default', type: 'bool', help: 'The class of pods that name none.' },
    { name: 'description', type: 'string', help: 'What the class is for.' },
    { name: 'preemption-policy', type: 'string', default: 'PreemptLowerPriority', help: 'PreemptLowerPriority or Never.' },
  ],
  failure: 'failed to create priorityclass: ',
  build(name, args) {
    const description = args.text('description');
    return {
      apiVersion: 'scheduling.k8s.io/v1',
      ...(description ? { description } : {}),
      ...(args.isOn('global-default') ? { globalDefault: true } : {}),
      kind: 'PriorityClass',
      metadata: metaOf(name),
      preemptionPolicy: args.text('preemption-policy'),
      value: args.number('value'),
    } as ReturnType<Generator['build']>;
  },
};
