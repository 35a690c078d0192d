// What admission policies of both sorts share: which of them a request meets, by which bindings and with which parameters, and what
// their failures come to. Models apiserver/pkg/admission/plugin/policy/generic/{policy_dispatcher,policy_matcher}.go.
import { readCel } from '../../kube/cel/compile.ts';
import { evaluateCel, type Names } from '../../kube/cel/evaluate.ts';
import { CelError, NotSimulated } from '../../kube/cel/value.ts';
import { scaleOf } from '../../kube/kinds/scaleKind.ts';
import { matchesSelector } from '../../kube/labels.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import type { NamedExpression, ParamKind, PolicyBinding, PolicySpec } from '../../kube/policies/policy.ts';
import { isMatching, namesOf, type PolicyRequest } from '../../kube/policies/request.ts';
import type { WriteOptions } from '../writeOptions.ts';
import type { ObjectReader } from './admission.ts';
import { requesterOf } from './requester.ts';

/** What can only be asked, and the policies themselves, meet no policies. */
const EXEMPT = /AdmissionPolicy(Binding)?$|Review$/;

export type Policy = KubeObject & { readonly spec: PolicySpec };

/** A policy with a binding that a request meets, and one set of what its expressions may name. */
export interface Encounter<T extends Policy> {
  readonly policy: T;
  readonly binding: PolicyBinding;
  readonly params: KubeObject | undefined;
  readonly names: Names;
}

/** A policy that cannot be asked, or whose expression fails. */
export class PolicyFailure extends Error {}

export function requestOf(
  object: KubeObject | undefined,
  old: KubeObject | undefined,
  api: ObjectReader,
  { subresource, dryRun = false }: WriteOptions = {},
): PolicyRequest | undefined {
  const { kind: kindName, apiVersion, metadata } = (object ?? old) as KubeObject;
  const kind = api.kinds.findIn(apiVersion, kindName);
  if (!kind || EXEMPT.test(kindName)) return undefined;
  const seen = (each: KubeObject | undefined) => (each && subresource === 'scale' ? scaleOf(each, kind) : each);
  return {
    operation: old === undefined ? 'CREATE' : object === undefined ? 'DELETE' : 'UPDATE',
    kind,
    subresource,
    object: seen(object),
    old: seen(old),
    name: metadata.name,
    namespace: kind.namespaced ? metadata.namespace : undefined,
    user: requesterOf(api.actor, (object ?? old) as KubeObject),
    dryRun,
  };
}

/** Calls `visit` for all that a request meets, in the order of names; what cannot be asked is told to `fail`. */
export function meetPolicies<T extends Policy>(
  [policyKind, bindingKind]: readonly [string, string],
  request: PolicyRequest,
  api: ObjectReader,
  visit: (encounter: Encounter<T>) => void,
  fail: (policy: T, binding: PolicyBinding, error: PolicyFailure) => void,
): void {
  for (const policy of byName(api.list<T>(policyKind))) {
    if (!isMatching(policy.spec.matchConstraints, request, api)) continue;
    for (const binding of byName(api.list<PolicyBinding>(bindingKind))) {
      if (binding.spec.policyName !== policy.metadata.name || !isMatching(binding.spec.matchResources, request, api)) continue;
      try {
        for (const params of paramsOf(policy.spec.paramKind, binding, request, api)) {
          const names = namesOf(request, params, policy.spec.variables ?? [], api);
          if (areMet(policy.spec.matchConditions ?? [], names)) visit({ policy, binding, params, names });
        }
      } catch (error) {
        if (!(error instanceof PolicyFailure)) throw error;
        fail(policy, binding, error);
      }
    }
  }
}

const byName = <T extends KubeObject>(objects: T[]): T[] => objects.sort((a, b) => (a.metadata.name < b.metadata.name ? -1 : 1));

/** The objects that a policy is asked with, one by one; nothing where it takes none. */
function paramsOf(
  paramKind: ParamKind | undefined,
  { spec: { paramRef } }: PolicyBinding,
  { namespace }: PolicyRequest,
  api: ObjectReader,
): readonly (KubeObject | undefined)[] {
  if (!paramKind || !paramRef) return [undefined];
  const kind = api.kinds.findIn(paramKind.apiVersion, paramKind.kind);
  const wrong = (text: string) => new PolicyFailure(`failed to configure binding: ${text}`);
  if (!kind) throw wrong(`paramKind kind \`${paramKind.apiVersion}, Kind=${paramKind.kind}\` not known`);
  if (!kind.namespaced && paramRef.namespace) throw wrong('paramRef.namespace must not be provided for a cluster-scoped `paramKind`');
  const place = kind.namespaced ? (paramRef.namespace ?? namespace) : undefined;
  if (kind.namespaced && place === undefined)
    throw wrong('cannot use namespaced paramRef in policy binding that matches cluster-scoped resources');
  const found = api
    .list(tableOf(kind), place)
    .filter(({ metadata }) => (paramRef.selector ? matchesSelector(paramRef.selector, metadata.labels) : metadata.name === paramRef.name));
  if (found.length === 0 && paramRef.parameterNotFoundAction === 'Deny')
    throw wrong('no params found for policy binding with `Deny` parameterNotFoundAction');
  return byName(found);
}

/** Whether all conditions hold. One that does not decides, whatever is wrong with the others. */
function areMet(conditions: readonly NamedExpression[], names: Names): boolean {
  let failure: PolicyFailure | undefined;
  for (const { expression } of conditions) {
    try {
      if (worked(expression, names) === false) return false;
    } catch (error) {
      if (!(error instanceof PolicyFailure)) throw error;
      failure ??= error;
    }
  }
  if (failure) throw failure;
  return true;
}

/** What an expression comes to. Throws PolicyFailure. What is not simulated comes to true: notSimulated.ts names it. */
export function worked(expression: string, names: Names): unknown {
  try {
    return evaluateCel(readCel(expression), names);
  } catch (error) {
    if (error instanceof NotSimulated) return true;
    if (error instanceof CelError) throw new PolicyFailure(`expression '${expression}' resulted in error: ${error.message}`);
    throw error;
  }
}
