// kubectl create role, clusterrole, rolebinding and clusterrolebinding.
// Models kubectl/pkg/cmd/create/create_{role,clusterrole,rolebinding,clusterrolebinding}.go.

import { kindsOf } from '../../kube/custom/served.ts';
import { groupOf, type Kind } from '../../kube/kind.ts';
import type { KindTable } from '../../kube/kindTable.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { Subject } from '../../kube/rbac.ts';
import { CommandError, CommandErrors } from '../errors.ts';
import type { Flag, ParsedArgs } from '../parse.ts';
import { type Generator, metaOf } from './generator.ts';

const VERSION = 'rbac.authorization.k8s.io/v1';
const GROUP = 'rbac.authorization.k8s.io';

const ruleFlags: readonly Flag[] = [
  { name: 'verb', type: 'list', help: 'What may be done: get, list, watch, create, update, patch, delete or *.' },
  { name: 'resource', type: 'list', help: 'To which resources: pods, deployments.apps, deployments/scale.' },
  { name: 'resource-name', type: 'array', help: 'Only to the ones of these names.' },
];

export const createRole: Generator = {
  name: 'role',
  usage: 'NAME --verb=verb --resource=resource.group/subresource [--resource-name=resourcename]',
  summary: 'Create a role with single rule',
  flags: ruleFlags,
  failure: 'failed to create role: ',
  build: (name, args, ctx) =>
    ({ apiVersion: VERSION, kind: 'Role', metadata: metaOf(name), rules: rulesOf(args, kindsOf(ctx.client.snapshot())) }) as KubeObject,
};

export const createClusterRole: Generator = {
  name: 'clusterrole',
  usage: 'NAME --verb=verb --resource=resource.group [--resource-name=resourcename]',
  summary: 'Create a cluster role',
  flags: [
    ...ruleFlags,
    { name: 'non-resource-url', type: 'list', help: 'Addresses that are no resources.' },
    { name: 'aggregation-rule', type: 'string', help: 'The rules of the roles with this label: key=value.' },
  ],
  failure: 'failed to create clusterrole: ',
  build(name, args, ctx) {
    const [key, value] = args.text('aggregation-rule').split('=');
    const rules = key
      ? { aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [key]: value ?? '' } }] }, rules: null }
      : { rules: rulesOf(args, kindsOf(ctx.client.snapshot())) };
    return { apiVersion: VERSION, kind: 'ClusterRole', metadata: metaOf(name), ...rules } as KubeObject;
  },
};

interface Rule {
  readonly apiGroups?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly resources?: readonly string[];
  readonly verbs: readonly string[];
}

/** One rule for each API group of the resources, in the order in which the groups are named. */
function rulesOf(args: ParsedArgs, kinds: KindTable): Rule[] {
  const verbs = args.texts('verb').includes('*') ? ['*'] : [...new Set(args.texts('verb'))];
  if (verbs.length === 0) throw new CommandError('at least one verb must be specified');
  const urls = args.texts('non-resource-url');
  const asked = args.texts('resource');
  if (asked.length === 0 && urls.length === 0) {
    throw new CommandError(
      args.has('resource-name') || !args.has('non-resource-url')
        ? 'at least one resource must be specified'
        : 'one of resource or nonResourceURL must be specified',
    );
  }
  const names = args.texts('resource-name');
  if (names.length > 0 && asked.length > 1) throw new CommandError('resourceName(s) can not be applied to multiple resources');
  const byGroup = new Map<string, string[]>();
  for (const word of asked) {
    const { group, resource } = resourceOf(word, kinds);
    byGroup.set(group, [...(byGroup.get(group) ?? []), resource]);
  }
  const rules = [...byGroup].map(([group, resources]) => ({
    apiGroups: [group],
    ...(names.length > 0 ? { resourceNames: names } : {}),
    resources,
    verbs,
  }));
  return [...rules, ...(urls.length > 0 ? [{ nonResourceURLs: urls, verbs }] : [])];
}

function resourceOf(word: string, kinds: KindTable): { readonly group: string; readonly resource: string } {
  const [name = '', ...parts] = word.split('/');
  const subresource = parts.length > 0 ? `/${parts.join('/')}` : '';
  if (name === '*') return { group: '*', resource: `*${subresource}` };
  const kind: Kind | undefined = kinds.findWord(name);
  // kubectl prints this one without `error: ` before it.
  if (!kind) throw new CommandErrors([new CommandError(`the server doesn't have a resource type "${name.split('.')[0]}"`)]);
  return { group: groupOf(kind.apiVersion), resource: `${kind.plural}${subresource}` };
}

export const subjectFlags: readonly Flag[] = [
  { name: 'user', type: 'array', help: 'A user.' },
  { name: 'group', type: 'array', help: 'A group of users.' },
  { name: 'serviceaccount', type: 'array', help: 'A service account: namespace:name.' },
];

export const createRoleBinding: Generator = {
  name: 'rolebinding',
  usage: 'NAME --clusterrole=NAME|--role=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  summary: 'Create a role binding for a particular role or cluster role',
  flags: [
    ...subjectFlags,
    { name: 'clusterrole', type: 'string', help: 'The cluster role.' },
    { name: 'role', type: 'string', help: 'The role of the same namespace.' },
  ],
  failure: 'failed to create rolebinding: ',
  build(name, args) {
    const [role, clusterRole] = [args.text('role'), args.text('clusterrole')];
    if ((role === '') === (clusterRole === '')) throw new CommandError('exactly one of clusterrole or role must be specified');
    return bindingOf('RoleBinding', name, role ? { kind: 'Role', name: role } : { kind: 'ClusterRole', name: clusterRole }, args);
  },
};

export const createClusterRoleBinding: Generator = {
  name: 'clusterrolebinding',
  usage: 'NAME --clusterrole=NAME [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  summary: 'Create a cluster role binding for a particular cluster role',
  flags: [...subjectFlags, { name: 'clusterrole', type: 'string', help: 'The cluster role.' }],
  required: ['clusterrole'],
  failure: 'failed to create clusterrolebinding: ',
  build: (name, args) => bindingOf('ClusterRoleBinding', name, { kind: 'ClusterRole', name: args.text('clusterrole') }, args),
};

/** Whom the flags name. */
export function subjectsOf(args: ParsedArgs): readonly Subject[] {
  const people = (['user', 'group'] as const).flatMap((flag) =>
    args.texts(flag).map((each) => ({ apiGroup: GROUP, kind: flag === 'user' ? 'User' : 'Group', name: each })),
  );
  const accounts = args.texts('serviceaccount').map((each) => {
    const [namespace, account, ...more] = each.split(':');
    if (!namespace || !account || more.length > 0) throw new CommandError('serviceaccount must be <namespace>:<name>');
    return { kind: 'ServiceAccount', name: account, namespace };
  });
  return [...people, ...accounts];
}

function bindingOf(kind: string, name: string, role: { readonly kind: string; readonly name: string }, args: ParsedArgs): KubeObject {
  const subjects = subjectsOf(args);
  return {
    apiVersion: VERSION,
    kind,
    metadata: metaOf(name),
    roleRef: { apiGroup: GROUP, ...role },
    ...(subjects.length > 0 ? { subjects } : {}),
  } as KubeObject;
}
