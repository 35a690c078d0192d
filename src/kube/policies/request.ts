// One request as policies see it: whether their rules match it, and what their expressions may name of it.
// Models apiserver/pkg/admission/plugin/policy/matching/matching.go and plugin/cel/{condition,activation}.go.
import { readCel } from '../cel/compile.ts';
import { evaluateCel, type Names } from '../cel/evaluate.ts';
import { authorizerOf } from '../cel/library/authorizers.ts';
import { groupOf, type Kind } from '../kind.ts';
import { matchesSelector } from '../labels.ts';
import type { KubeObject } from '../meta.ts';
import { type User, userNamed, whyAllowed } from '../rbac.ts';
import type { MatchResources, NamedExpression, ResourceRule } from './policy.ts';

export interface PolicyRequest {
  readonly operation: 'CREATE' | 'UPDATE' | 'DELETE';
  readonly kind: Kind;
  readonly subresource: string | undefined;
  readonly object: KubeObject | undefined;
  readonly old: KubeObject | undefined;
  readonly name: string;
  readonly namespace: string | undefined;
  readonly user: User;
  readonly dryRun: boolean;
}

/** What can be asked of a world. */
export interface World {
  list(kind: string, namespace?: string): readonly KubeObject[];
  get(kind: 'Namespace', namespace: undefined, name: string): KubeObject | undefined;
}

export const namespaceOf = (request: PolicyRequest, world: World): KubeObject | undefined =>
  request.namespace === undefined ? undefined : world.get('Namespace', undefined, request.namespace);

// Matching ----------------------------------------------------------------------------------------------------------------

/** Whether what is matched is meant; without rules of its own a binding means all that its policy means. */
export function isMatching(match: MatchResources | undefined, request: PolicyRequest, world: World): boolean {
  if (!match) return true;
  const { resourceRules = [], excludeResourceRules = [], namespaceSelector, objectSelector } = match;
  if (excludeResourceRules.some((rule) => isOfRule(rule, request))) return false;
  if (resourceRules.length > 0 && !resourceRules.some((rule) => isOfRule(rule, request))) return false;
  return isInNamespaces(namespaceSelector, request, world) && isOfObjects(objectSelector, request);
}

const has = (list: readonly string[] | undefined, word: string): boolean =>
  list !== undefined && (list.includes('*') || list.includes(word));

function isOfRule(rule: ResourceRule, { operation, kind, subresource, name }: PolicyRequest): boolean {
  const { operations, apiGroups, apiVersions, resources, scope = '*', resourceNames = [] } = rule;
  const isOfVersion = ({ apiVersion }: Pick<Kind, 'apiVersion'>) =>
    has(apiGroups, groupOf(apiVersion)) && has(apiVersions, apiVersion.split('/').at(-1) ?? '');
  if (!has(operations, operation) || ![kind, ...(kind.otherVersions ?? [])].some(isOfVersion)) return false;
  if (scope !== '*' && (scope === 'Namespaced') !== kind.namespaced) return false;
  if (resourceNames.length > 0 && !resourceNames.includes(name)) return false;
  return resources?.some((resource) => isResource(resource, kind.plural, subresource)) ?? false;
}

function isResource(wanted: string, plural: string, subresource: string | undefined): boolean {
  const [resource = '', part] = wanted.split('/');
  if (resource !== '*' && resource !== plural) return false;
  return part === undefined ? subresource === undefined : part === '*' || part === (subresource ?? '');
}

/** A namespace is chosen by its own labels; what is in none is not chosen by namespaces. */
function isInNamespaces(selector: MatchResources['namespaceSelector'], request: PolicyRequest, world: World): boolean {
  if (!selector) return true;
  const isNamespace = request.kind.kind === 'Namespace';
  if (!isNamespace && request.namespace === undefined) return true;
  const namespace = isNamespace ? (request.object ?? request.old) : namespaceOf(request, world);
  return matchesSelector(selector, namespace?.metadata.labels);
}

function isOfObjects(selector: MatchResources['objectSelector'], { object, old }: PolicyRequest): boolean {
  if (!selector) return true;
  return [object, old].some((each) => each !== undefined && matchesSelector(selector, each.metadata.labels));
}

// Names -------------------------------------------------------------------------------------------------------------------

/** What the expressions of a policy may name. Variables are worked out when they are first asked for. */
export function namesOf(
  request: PolicyRequest,
  params: KubeObject | undefined,
  variables: readonly NamedExpression[],
  world: World,
): Names {
  const { object, old, kind, name, namespace, subresource } = request;
  const group = groupOf(kind.apiVersion);
  const asked = { group, resource: kind.plural, name, ...(subresource ? { subresource } : {}), ...(namespace ? { namespace } : {}) };
  const names: Record<string, unknown> = {
    object: object ?? null,
    oldObject: old ?? null,
    request: requestObject(request),
    params: params ?? null,
    namespaceObject: namespaceOf(request, world) ?? null,
    authorizer: authorizerOf((attributes, account) => whyAllowed(world, account ? accountUser(account) : request.user, attributes), asked),
  };
  names['variables'] = lazily(variables, names);
  return names;
}

const accountUser = (account: { readonly namespace: string; readonly name: string }): User =>
  userNamed(`system:serviceaccount:${account.namespace}:${account.name}`);

function lazily(variables: readonly NamedExpression[], names: Names): object {
  const values = {};
  for (const { name, expression } of variables) {
    let known: { readonly value: unknown } | undefined;
    Object.defineProperty(values, name, {
      enumerable: true,
      get: () => (known ??= { value: evaluateCel(readCel(expression), names) }).value,
    });
  }
  return values;
}

const OPTIONS = { CREATE: 'CreateOptions', UPDATE: 'UpdateOptions', DELETE: 'DeleteOptions' } as const;

function requestObject({ operation, kind, subresource, name, namespace, user, dryRun }: PolicyRequest): object {
  const group = groupOf(kind.apiVersion);
  const version = kind.apiVersion.split('/').at(-1);
  const isScale = subresource === 'scale';
  const ofKind = isScale ? { group: 'autoscaling', version: 'v1', kind: 'Scale' } : { group, version, kind: kind.kind };
  const ofResource = { group, version, resource: kind.plural };
  return {
    kind: ofKind,
    resource: ofResource,
    requestKind: ofKind,
    requestResource: ofResource,
    ...(subresource ? { subResource: subresource, requestSubResource: subresource } : {}),
    name,
    ...(namespace ? { namespace } : {}),
    operation,
    userInfo: { username: user.name, groups: user.groups },
    dryRun,
    options: { apiVersion: 'meta.k8s.io/v1', kind: OPTIONS[operation] },
  };
}
