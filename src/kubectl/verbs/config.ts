// kubectl config: what the kubeconfig file says, and changing it. Models kubectl/pkg/cmd/config.
import type { KubeObject } from '../../kube/meta.ts';
import { CommandError } from '../errors.ts';
import {
  type Context,
  type Kubeconfig,
  kubeconfigOf,
  kubeconfigText,
  type Named,
  named,
  type Settings,
  withNamed,
  withoutNamed,
} from '../kubeconfig.ts';
import type { Flag, ParsedArgs } from '../parse.ts';
import { printerFor } from '../printers.ts';
import { alignTable } from '../table.ts';
import { err, out, outputFlag, type Verb, type VerbContext } from '../verb.ts';

const FILE = '/root/.kube/config';

function save(ctx: VerbContext, change: Partial<Kubeconfig>): void {
  if (!ctx.client.kubeconfig) throw new CommandError('there is no kubeconfig file here that could be changed');
  ctx.client.kubeconfig.content = { ...kubeconfigOf(ctx.client), ...change };
}

const withName = (args: ParsedArgs): string => {
  const [name, ...more] = args.words;
  if (name === undefined || more.length > 0) throw new CommandError(`Unexpected args: [${args.words.join(' ')}]`);
  return name;
};

const view: Verb = {
  name: 'view',
  usage: '[flags]',
  summary: 'Display merged kubeconfig settings or a specified kubeconfig file',
  flags: [
    { ...outputFlag, default: 'yaml' },
    { name: 'minify', type: 'bool', help: 'Only what the current context uses.' },
    { name: 'raw', type: 'bool', help: 'Show secrets, too.' },
    { name: 'flatten', type: 'bool', help: 'Accepted.' },
    { name: 'merge', type: 'bool', default: 'true', help: 'Accepted: there is one file.' },
  ],
  *run(args, ctx) {
    const kubeconfig = kubeconfigOf(ctx.client);
    if (args.isOn('minify') && !named(kubeconfig.contexts, kubeconfig.current))
      throw new CommandError('current-context must exist in order to minify');
    const users = args.isOn('raw') ? kubeconfig.users : kubeconfig.users.map(({ name, value }) => ({ name, value: redacted(value) }));
    const text = kubeconfigText({ ...kubeconfig, users }, args.isOn('minify'));
    yield { type: 'stdout', text: printerFor(args.text('output'), {})(text as KubeObject) };
    return 0;
  },
};

const SECRETS = ['token', 'password'];

const redacted = (user: Settings): Settings =>
  Object.fromEntries(Object.entries(user).map(([name, value]) => [name, SECRETS.includes(name) ? 'REDACTED' : value]));

const getContexts: Verb = {
  name: 'get-contexts',
  usage: '[(-o|--output=)name)]',
  summary: 'Describe one or many contexts',
  flags: [outputFlag, { name: 'no-headers', type: 'bool', help: 'Leave out the headers.' }],
  *run(args, ctx) {
    const { contexts, current } = kubeconfigOf(ctx.client);
    for (const name of args.words) if (!named(contexts, name)) yield err(`error: context ${name} not found`);
    const shown = contexts.filter(({ name }) => args.words.length === 0 || args.words.includes(name));
    const rows = shown.map(({ name, value: { cluster, user, namespace = '' } }) =>
      [name === current ? '*' : '', name, cluster, user, namespace].join('\t'),
    );
    const head = args.isOn('no-headers') ? [] : ['CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE'];
    if (args.text('output') === 'name') yield { type: 'stdout', text: shown.map(({ name }) => `${name}\n`).join('') };
    else yield { type: 'stdout', text: alignTable([...head, ...rows]) };
    return shown.length < args.words.length ? 1 : 0;
  },
};

const CONTEXT_FLAGS: readonly Flag[] = [
  { name: 'current', type: 'bool', help: 'Change the current context.' },
  { name: 'cluster', type: 'string', help: 'Its cluster.' },
  { name: 'user', type: 'string', help: 'Its user.' },
];

const setContext: Verb = {
  name: 'set-context',
  usage: '[NAME | --current] [--cluster=cluster_nickname] [--user=user_nickname] [--namespace=namespace]',
  summary: 'Set a context entry in kubeconfig',
  examples: [{ why: 'The namespace of all further commands', line: 'kubectl config set-context --current --namespace=shop' }],
  flags: CONTEXT_FLAGS,
  *run(args, ctx) {
    const { contexts, current } = kubeconfigOf(ctx.client);
    if (args.isOn('current') && args.words.length > 0) throw new CommandError('cannot specify both a context name and --current');
    const name = args.isOn('current') ? current : (args.words[0] ?? '');
    if (args.isOn('current') && !current) throw new CommandError('no current context is set');
    if (!name || args.words.length > 1) throw new CommandError('you must specify a non-empty context name or --current');
    const old = named(contexts, name);
    const given = (['cluster', 'user', 'namespace'] as const).filter((field) => args.has(field)).map((field) => [field, args.text(field)]);
    const { namespace, ...context } = { cluster: '', user: '', ...old, ...Object.fromEntries(given) } as Context;
    save(ctx, { contexts: withNamed(contexts, name, { ...context, ...(namespace ? { namespace } : {}) }) });
    yield out(`Context "${name}" ${old ? 'modified' : 'created'}.`);
    return 0;
  },
};

const useContext: Verb = {
  name: 'use-context',
  aliases: ['use'],
  usage: 'CONTEXT_NAME',
  summary: 'Set the current-context in a kubeconfig file',
  flags: [],
  *run(args, ctx) {
    const name = withName(args);
    if (!named(kubeconfigOf(ctx.client).contexts, name)) throw new CommandError(`no context exists with the name: "${name}"`);
    save(ctx, { current: name });
    yield out(`Switched to context "${name}".`);
    return 0;
  },
};

const renameContext: Verb = {
  name: 'rename-context',
  usage: 'CONTEXT_NAME NEW_NAME',
  summary: 'Rename a context from the kubeconfig file',
  flags: [],
  *run(args, ctx) {
    const [from = '', to = ''] = args.words;
    if (args.words.length !== 2) throw new CommandError(`Unexpected args: [${args.words.join(' ')}]`);
    const { contexts, current } = kubeconfigOf(ctx.client);
    const context = named(contexts, from);
    if (!context) throw new CommandError(`cannot rename the context "${from}", it's not in ${FILE}`);
    if (named(contexts, to)) throw new CommandError(`cannot rename the context "${from}", the context "${to}" already exists in ${FILE}`);
    save(ctx, { contexts: withNamed(withoutNamed(contexts, from), to, context), current: current === from ? to : current });
    yield out(`Context "${from}" renamed to "${to}".`);
    return 0;
  },
};

type Section = 'clusters' | 'contexts' | 'users';

/** delete-cluster, delete-context, delete-user. */
function deleting(section: Section, what: string, summary: string): Verb {
  return {
    name: `delete-${what}`,
    usage: 'NAME',
    summary,
    flags: [],
    *run(args, ctx) {
      const name = withName(args);
      const kubeconfig = kubeconfigOf(ctx.client);
      const list: readonly Named<unknown>[] = kubeconfig[section];
      if (named(list, name) === undefined) throw new CommandError(`cannot delete ${what} ${name}, not in ${FILE}`);
      if (section === 'contexts' && kubeconfig.current === name)
        yield err('warning: this removed your active context, use "kubectl config use-context" to select a different one');
      save(ctx, { [section]: withoutNamed(list, name) });
      yield out(`deleted ${what} ${name} from ${FILE}`);
      return 0;
    },
  };
}

/** set-cluster, set-credentials: the values of the given flags are what is written down. */
function setting(section: 'clusters' | 'users', name: string, what: string, summary: string, flags: readonly Flag[]): Verb {
  return {
    name,
    usage: 'NAME [flags]',
    summary,
    flags: [...flags, { name: 'embed-certs', type: 'bool', help: 'Accepted.' }],
    *run(args, ctx) {
      const entry = withName(args);
      const list = kubeconfigOf(ctx.client)[section];
      const given = flags.filter((flag) => args.has(flag.name)).map((flag) => [flag.name, flag.type === 'bool' || args.text(flag.name)]);
      save(ctx, { [section]: withNamed(list, entry, { ...named(list, entry), ...(Object.fromEntries(given) as Settings) }) });
      yield out(`${what} "${entry}" set.`);
      return 0;
    },
  };
}

const text = (name: string, help: string): Flag => ({ name, type: 'string', help });
const CLUSTER_FLAGS = [
  text('certificate-authority', 'The file of its authority.'),
  { name: 'insecure-skip-tls-verify', type: 'bool', help: 'Trust any certificate.' } as const,
  text('proxy-url', 'The proxy on the way to it.'),
  text('server', 'Where it is.'),
  text('tls-server-name', 'The name that its certificate must have.'),
];
const USER_FLAGS = [
  text('client-certificate', 'The file of the certificate.'),
  text('client-key', 'The file of the key.'),
  text('password', 'The password.'),
  text('token', 'The token.'),
  text('username', 'The name.'),
];

/** Names, one a line. */
function listing(name: string, section: Section, summary: string): Verb {
  return {
    name,
    usage: '',
    summary,
    flags: [],
    *run(_args, ctx) {
      yield out(['NAME', ...kubeconfigOf(ctx.client)[section].map((each) => each.name)].join('\n'));
      return 0;
    },
  };
}

const currentContext: Verb = {
  name: 'current-context',
  usage: '',
  summary: 'Display the current-context',
  flags: [],
  *run(_args, ctx) {
    const { current } = kubeconfigOf(ctx.client);
    if (!current) throw new CommandError('current-context is not set');
    yield out(current);
    return 0;
  },
};

const unset: Verb = {
  name: 'unset',
  usage: 'PROPERTY_NAME',
  summary: 'Unset an individual value in a kubeconfig file',
  flags: [],
  *run(args, ctx) {
    const property = withName(args);
    unsetProperty(property, ctx);
    yield out(`Property "${property}" unset.`);
    return 0;
  },
};

function unsetProperty(property: string, ctx: VerbContext): void {
  const kubeconfig = kubeconfigOf(ctx.client);
  if (property === 'current-context') return save(ctx, { current: '' });
  const [, section, rest = ''] = /^(clusters|contexts|users)\.(.+)$/.exec(property) ?? [];
  if (!section) throw new CommandError(`unable to parse ${property} at ${property}`);
  const list: readonly Named<object>[] = kubeconfig[section as Section];
  const owner = list.find(({ name }) => rest.startsWith(`${name}.`));
  if (!owner) return save(ctx, { [section]: withoutNamed(list, rest) });
  const field = rest.slice(owner.name.length + 1);
  const left = Object.fromEntries(Object.entries(owner.value).filter(([name]) => name !== field));
  save(ctx, { [section]: withNamed(list, owner.name, left) });
}

export const config: Verb = {
  name: 'config',
  usage: 'SUBCOMMAND',
  summary: 'Modify kubeconfig files',
  flags: [],
  verbs: [
    currentContext,
    deleting('clusters', 'cluster', 'Delete the specified cluster from the kubeconfig'),
    deleting('contexts', 'context', 'Delete the specified context from the kubeconfig'),
    deleting('users', 'user', 'Delete the specified user from the kubeconfig'),
    listing('get-clusters', 'clusters', 'Display clusters defined in the kubeconfig'),
    getContexts,
    listing('get-users', 'users', 'Display users defined in the kubeconfig'),
    renameContext,
    setting('clusters', 'set-cluster', 'Cluster', 'Set a cluster entry in kubeconfig', CLUSTER_FLAGS),
    setContext,
    setting('users', 'set-credentials', 'User', 'Set a user entry in kubeconfig', USER_FLAGS),
    unset,
    useContext,
    view,
  ],
};
