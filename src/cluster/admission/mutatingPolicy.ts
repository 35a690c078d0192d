// MutatingAdmissionPolicies: change what is about to be written.
// Models apiserver/pkg/admission/plugin/policy/mutating/{dispatcher,reinvocationcontext,patch}.
import { isEqual } from '../../base/equal.ts';
import { ApiError } from '../../kube/errors.ts';
import { jsonPatch } from '../../kube/jsonPatch.ts';
import { resourceName } from '../../kube/kind.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { mergeGiven } from '../../kube/patch.ts';
import type { MutatingPolicy, Mutation, PolicyBinding } from '../../kube/policies/policy.ts';
import { type Admission, type ObjectReader, pluginsFor } from './admission.ts';
import { type Encounter, meetPolicies, PolicyFailure, requestOf, worked } from './policies.ts';

const KINDS = ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'] as const;

/** The plugin, after those that are asked again about what it has changed: a container that a policy adds gets its defaults, too. */
export function mutatingPolicy(earlier: readonly Admission[]): Admission {
  const readmitted = (object: KubeObject, old: KubeObject | undefined, api: ObjectReader): KubeObject =>
    pluginsFor(tableOf(object), earlier).reduce(
      (each, { create, update }) => (old ? update?.(each, old, api) : create?.(each, api)) ?? each,
      object,
    );
  const mutated = (given: KubeObject, old: KubeObject | undefined, api: ObjectReader): KubeObject => {
    const first = mutatedOnce(given, old, api);
    if (first.object === given) return given;
    const object = readmitted(first.object, old, api);
    const others = isEqual(object, first.object) ? [] : first.invoked;
    return mutatedOnce(object, old, api, new Set([...first.again, ...others])).object;
  };
  return {
    name: 'MutatingAdmissionPolicy',
    kinds: ['*'],
    mayInvalidate: true,
    create: (object, api) => mutated(object, undefined, api),
    update: mutated,
  };
}

/** One round of all policies, or of those that must be asked again. */
interface Round {
  readonly object: KubeObject;
  /** Those that may be asked again, since nothing has changed after them. */
  readonly invoked: Iterable<string>;
  /** Those after which something has changed. */
  readonly again: Iterable<string>;
}

function mutatedOnce(given: KubeObject, old: KubeObject | undefined, api: ObjectReader, asked?: ReadonlySet<string>): Round {
  const invoked = new Set<string>();
  const again = new Set<string>();
  const request = requestOf(given, old, api);
  if (!request) return { object: given, invoked, again };
  const { kind } = request;
  let object = given;
  const fail = (policy: MutatingPolicy, binding: PolicyBinding, { message }: PolicyFailure) => {
    if (policy.spec.failurePolicy !== 'Fail') return;
    const text = `policy '${policy.metadata.name}' with binding '${binding.metadata.name}' denied request: ${message}`;
    throw new ApiError('Invalid', `${resourceName(kind)} "${given.metadata.name}" is forbidden: ${text}`, {
      subject: `${kind.plural} "${given.metadata.name}"`,
      causes: [{ type: 'Invalid value', field: '', text }],
    });
  };
  const visit = ({ policy, binding, params, names }: Encounter<MutatingPolicy>) => {
    const key = `${policy.metadata.name}/${binding.metadata.name}/${params?.metadata.name ?? ''}`;
    if (asked && !asked.has(key)) return;
    const before = object;
    for (const mutation of policy.spec.mutations ?? []) object = patched(object, mutation, { ...names, object });
    object = kind.defaults?.(object) ?? object;
    if (isEqual(object, before)) object = before;
    else {
      for (const each of invoked) again.add(each);
      invoked.clear();
    }
    if (policy.spec.reinvocationPolicy === 'IfNeeded') invoked.add(key);
  };
  meetPolicies(KINDS, request, api, visit, fail);
  return { object, invoked, again };

  function patched(before: KubeObject, { applyConfiguration, jsonPatch: list }: Mutation, names: Encounter<MutatingPolicy>['names']) {
    try {
      if (list) return jsonPatch(before, worked(list.expression, names)) as KubeObject;
      const patch = applyConfiguration ? worked(applyConfiguration.expression, names) : {};
      return mergeGiven(before, patch, kind);
    } catch (error) {
      if (error instanceof ApiError) throw new PolicyFailure(error.message);
      throw error;
    }
  }
}
