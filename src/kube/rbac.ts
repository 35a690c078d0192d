// Who may do what, by the Roles and RoleBindings of a world. Models plugin/pkg/auth/authorizer/rbac/rbac.go and
// pkg/apis/rbac/v1/evaluation_helpers.go. The four roles that every cluster has for people are known here by what they allow.
// Leaves out: aggregated cluster roles, and the roles of Kubernetes' own parts.
import type { KubeObject } from './meta.ts';

export interface PolicyRule {
  readonly verbs?: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

export interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

/** A binding of either sort. */
interface Binding extends KubeObject {
  readonly roleRef: { readonly kind: string; readonly name: string };
  readonly subjects?: readonly Subject[];
}

export interface User {
  readonly name: string;
  readonly groups: readonly string[];
}

/** What somebody wants to do. */
export interface Attributes {
  readonly verb: string;
  readonly group?: string;
  readonly resource?: string;
  readonly subresource?: string;
  readonly name?: string;
  readonly namespace?: string;
  /** A path that is no resource. */
  readonly path?: string;
}

interface World {
  list(kind: string): readonly KubeObject[];
}

const ALL: PolicyRule = { verbs: ['*'], apiGroups: ['*'], resources: ['*'] };
const READ = ['get', 'list', 'watch'];
const APPS = ['apps', 'autoscaling', 'batch', 'networking.k8s.io', 'policy'];
const CORE = ['configmaps', 'endpoints', 'persistentvolumeclaims', 'pods', 'replicationcontrollers', 'serviceaccounts', 'services'];
const SEEN = ['bindings', 'events', 'limitranges', 'namespaces', 'pods/log', 'pods/status', 'resourcequotas'];

const view: readonly PolicyRule[] = [
  { verbs: READ, apiGroups: [''], resources: [...CORE, ...SEEN] },
  { verbs: READ, apiGroups: [...APPS, 'discovery.k8s.io'], resources: ['*'] },
];
const edit: readonly PolicyRule[] = [
  ...view,
  {
    verbs: ['*'],
    apiGroups: [''],
    resources: [...CORE, 'secrets', 'events', 'pods/attach', 'pods/exec', 'pods/portforward', 'pods/proxy'],
  },
  { verbs: ['*'], apiGroups: APPS, resources: ['*'] },
];
const builtIn: Readonly<Record<string, readonly PolicyRule[]>> = {
  'cluster-admin': [ALL, { verbs: ['*'], nonResourceURLs: ['*'] }],
  admin: [...edit, { verbs: ['*'], apiGroups: ['rbac.authorization.k8s.io'], resources: ['roles', 'rolebindings'] }],
  edit,
  view,
};

const PUBLIC = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
/** What the server lets everybody do whom it knows: ask who they are and what they may, and what it serves. */
const known: readonly PolicyRule[] = [
  { verbs: ['create'], apiGroups: ['authentication.k8s.io'], resources: ['selfsubjectreviews'] },
  { verbs: ['create'], apiGroups: ['authorization.k8s.io'], resources: ['selfsubjectaccessreviews', 'selfsubjectrulesreviews'] },
  { verbs: ['get'], nonResourceURLs: ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*', ...PUBLIC] },
];

/** All that the user may do in a namespace. Models pkg/registry/rbac/validation/rule.go RulesFor. */
export function rulesFor(world: World, user: User, namespace: string | undefined): readonly PolicyRule[] {
  if (user.groups.includes('system:masters')) return [...(builtIn['cluster-admin'] as readonly PolicyRule[]), ...known];
  const bindings = ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) => world.list(kind) as readonly Binding[]);
  const meant = bindings.filter(
    (binding) =>
      (binding.kind === 'ClusterRoleBinding' || binding.metadata.namespace === namespace) &&
      binding.subjects?.some((subject) => isMeant(subject, user, binding)),
  );
  return [...meant.flatMap((binding) => rulesOf(binding, world)), ...(user.groups.includes('system:authenticated') ? known : [])];
}

/** Why the user may, in the server's words; undefined where nothing allows it. */
export function whyAllowed(world: World, user: User, asked: Attributes): string | undefined {
  if (user.groups.includes('system:masters')) return '';
  for (const kind of ['ClusterRoleBinding', 'RoleBinding']) {
    for (const binding of world.list(kind) as readonly Binding[]) {
      if (kind === 'RoleBinding' && (asked.path !== undefined || binding.metadata.namespace !== asked.namespace)) continue;
      const subject = binding.subjects?.find((each) => isMeant(each, user, binding));
      if (!subject || !rulesOf(binding, world).some((rule) => allows(rule, asked))) continue;
      const { name, namespace } = binding.metadata;
      const at = kind === 'RoleBinding' ? `${name}/${namespace}` : name;
      const who = subject.kind === 'ServiceAccount' ? `${subject.name}/${subject.namespace ?? ''}` : subject.name;
      const { roleRef } = binding;
      return `RBAC: allowed by ${kind} "${at}" of ${roleRef.kind} "${roleRef.name}" to ${subject.kind} "${who}"`;
    }
  }
  const isKnown = user.groups.includes('system:authenticated') && known.some((rule) => allows(rule, asked));
  return isKnown
    ? 'RBAC: allowed by ClusterRoleBinding "system:discovery" of ClusterRole "system:discovery" to Group "system:authenticated"'
    : undefined;
}

/** A service account is a user of a name of its own, and in groups of its own. */
export function userNamed(name: string, groups: readonly string[] = []): User {
  const [, namespace] = /^system:serviceaccount:([^:]+):[^:]+$/.exec(name) ?? [];
  const own = namespace ? ['system:serviceaccounts', `system:serviceaccounts:${namespace}`] : [];
  return { name, groups: [...groups, ...own, ...(name === 'system:anonymous' ? ['system:unauthenticated'] : ['system:authenticated'])] };
}

function isMeant({ kind, name, namespace }: Subject, user: User, binding: Binding): boolean {
  if (kind === 'Group') return user.groups.includes(name);
  if (kind === 'User') return user.name === name;
  return user.name === `system:serviceaccount:${namespace ?? binding.metadata.namespace ?? ''}:${name}`;
}

function rulesOf({ roleRef, metadata }: Binding, world: World): readonly PolicyRule[] {
  const { kind, name } = roleRef;
  const found = world
    .list(kind)
    .find((role) => role.metadata.name === name && (kind === 'ClusterRole' || role.metadata.namespace === metadata.namespace));
  return (
    (found as { readonly rules?: readonly PolicyRule[] } | undefined)?.rules ?? (kind === 'ClusterRole' ? builtIn[name] : undefined) ?? []
  );
}

function allows(rule: PolicyRule, { verb, path, group = '', resource = '', subresource, name = '' }: Attributes): boolean {
  const has = (list: readonly string[] | undefined, word: string) => list !== undefined && (list.includes('*') || list.includes(word));
  if (!has(rule.verbs, verb)) return false;
  if (path !== undefined) return rule.nonResourceURLs?.some((url) => isUnder(path, url)) ?? false;
  const whole = subresource ? `${resource}/${subresource}` : resource;
  const isOfResource = has(rule.resources, whole) || (subresource !== undefined && rule.resources?.includes(`*/${subresource}`));
  const isOfName = !rule.resourceNames?.length || rule.resourceNames.includes(name);
  return has(rule.apiGroups, group) && Boolean(isOfResource) && isOfName;
}

const isUnder = (path: string, url: string): boolean =>
  url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.slice(0, -1)));
