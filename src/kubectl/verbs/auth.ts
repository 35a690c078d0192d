// kubectl auth: what may be done by whom. Whoever sits here is the administrator of the cluster; --as asks for somebody else.
// Models kubectl/pkg/cmd/auth/{cani,whoami}.go.
import { kindsOf } from '../../kube/custom/served.ts';
import { groupOf } from '../../kube/kind.ts';
import { ADMIN } from '../../kube/kinds/reviews.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { type Attributes, type PolicyRule, rulesFor, userNamed, whyAllowed } from '../../kube/rbac.ts';
import { CommandError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { printerFor } from '../printers.ts';
import { alignTable } from '../table.ts';
import { err, out, outputFlag, type Verb, type VerbContext } from '../verb.ts';

const asFlags = [
  { name: 'as', type: 'string', help: 'Ask for this user; a service account is system:serviceaccount:NAMESPACE:NAME.' },
  { name: 'as-group', type: 'array', help: 'Groups that this user is in.' },
] as const;

const userOf = (args: ParsedArgs) => (args.text('as') ? userNamed(args.text('as'), args.texts('as-group')) : ADMIN);

const canI: Verb = {
  name: 'can-i',
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  summary: 'Check whether an action is allowed',
  examples: [
    { why: 'Whether pods can be made', line: 'kubectl auth can-i create pods' },
    { why: 'Whether a service account may list them', line: 'kubectl auth can-i list pods --as=system:serviceaccount:default:default' },
  ],
  flags: [
    ...asFlags,
    { name: 'all-namespaces', short: 'A', type: 'bool', help: 'In all namespaces.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Print nothing.' },
    { name: 'subresource', type: 'string', help: 'The part of the resource: scale, status.' },
    { name: 'list', type: 'bool', help: 'Print all that is allowed.' },
    { name: 'no-headers', type: 'bool', help: 'Leave out the headers of --list.' },
  ],
  *run(args, ctx) {
    if (args.isOn('list')) {
      if (args.words.length > 0) throw new CommandError('list option must be specified with no arguments');
      const rules = rulesFor(ctx.client.snapshot(), userOf(args), ctx.namespace);
      yield { type: 'stdout', text: alignTable([...(args.isOn('no-headers') ? [] : [RULES_HEAD]), ...rowsOf(rules)]) };
      return 0;
    }
    if (args.words.length < 2 || args.words.length > 3)
      throw new CommandError(
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const [verb = ''] = args.words;
    if (!KNOWN_VERBS.includes(verb)) yield err(`Warning: verb '${verb}' is not a known verb\n`);
    const { asked, warnings } = attributesOf(args, ctx);
    for (const warning of warnings) yield err(`Warning: ${warning}\n`);
    const isAllowed = whyAllowed(ctx.client.snapshot(), userOf(args), asked) !== undefined;
    if (!args.isOn('quiet')) yield out(isAllowed ? 'yes' : 'no');
    return isAllowed ? 0 : 1;
  },
};

const KNOWN_VERBS =
  'get list watch create update patch delete deletecollection use bind impersonate * approve sign escalate attest put post head options'.split(
    ' ',
  );
const RULES_HEAD = 'Resources\tNon-Resource URLs\tResource Names\tVerbs';

/** A row for each resource and each path, with all that may be done with it, in the order of kubectl: by verbs, then groups and resources. */
function rowsOf(rules: readonly PolicyRule[]): string[] {
  const list = (words: readonly string[] = []) => `[${words.join(' ')}]`;
  const verbsOf = new Map<string, { readonly rest: string; readonly verbs: string[] }>();
  const add = (cells: string, rest: string, verbs: readonly string[] = []) => {
    const known = verbsOf.get(cells)?.verbs ?? [];
    verbsOf.set(cells, { rest, verbs: [...known, ...verbs.filter((verb) => !known.includes(verb))] });
  };
  for (const { resources = [], apiGroups = [], nonResourceURLs = [], resourceNames, verbs } of rules) {
    for (const resource of resources)
      for (const group of apiGroups)
        add(`${resource}${group && `.${group}`}\t[]\t${list(resourceNames)}`, `[${group}] [${resource}]`, verbs);
    for (const url of nonResourceURLs) add(`\t${list([url])}\t[]`, `[] [] ${list([url])}`, verbs);
  }
  return [...verbsOf]
    .map(([cells, { rest, verbs }]) => ({ order: `${list(verbs)} ${rest} ${cells}`, row: `${cells}\t${list(verbs)}` }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ row }) => row);
}

function attributesOf(args: ParsedArgs, ctx: VerbContext): { readonly asked: Attributes; readonly warnings: readonly string[] } {
  const [verb = '', type = '', given] = args.words;
  if (type.startsWith('/')) return { asked: { verb, path: type }, warnings: [] };
  const [word = '', name = given] = type.split('/');
  const kind = kindsOf(ctx.client.snapshot()).findWord(word);
  const [resource = '', ...group] = word.split('.');
  const namespace = args.isOn('all-namespaces') ? undefined : ctx.namespace;
  const subresource = args.text('subresource');
  const more = { ...(name ? { name } : {}), ...(subresource ? { subresource } : {}) };
  if (!kind) {
    const warnings = word === '*' ? [] : [`the server doesn't have a resource type '${word}'`];
    return { asked: { verb, resource, group: group.join('.'), ...(namespace ? { namespace } : {}), ...more }, warnings };
  }
  const warnings = kind.namespaced ? [] : [`resource '${kind.plural}' is not namespace scoped${groupText(kind.apiVersion)}`];
  const where = kind.namespaced && namespace ? { namespace } : {};
  return { asked: { verb, resource: kind.plural, group: groupOf(kind.apiVersion), ...where, ...more }, warnings };
}

const groupText = (apiVersion: string): string => (groupOf(apiVersion) ? ` in group '${groupOf(apiVersion)}'` : '');

const whoami: Verb = {
  name: 'whoami',
  usage: '',
  summary: 'Experimental: Check self subject attributes',
  flags: [...asFlags, outputFlag],
  *run(args) {
    const { name, groups } = userOf(args);
    const output = args.text('output');
    if (output) {
      const review = {
        apiVersion: 'authentication.k8s.io/v1',
        kind: 'SelfSubjectReview',
        metadata: {},
        status: { userInfo: { groups, username: name } },
      };
      yield { type: 'stdout', text: printerFor(output, {})(review as unknown as KubeObject) };
      return 0;
    }
    yield { type: 'stdout', text: alignTable(['ATTRIBUTE\tVALUE', `Username\t${name}`, `Groups\t[${groups.join(' ')}]`]) };
    return 0;
  },
};

export const auth: Verb = {
  name: 'auth',
  usage: 'SUBCOMMAND',
  summary: 'Inspect authorization',
  flags: [],
  verbs: [canI, whoami],
};
