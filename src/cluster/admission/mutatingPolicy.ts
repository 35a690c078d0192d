// MutatingAdmissionPolicies: change what is about to be written.
// Models apiserver/pkg/admission/plugin/policy/mutating/{dispatcher,patch}. Limitation: what a mutation may set again after others is
// not asked again (reinvocationPolicy).
import { ApiError } from '../../kube/errors.ts';
import { jsonPatch } from '../../kube/jsonPatch.ts';
import { resourceName } from '../../kube/kind.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { mergeGiven } from '../../kube/patch.ts';
import type { MutatingPolicy, Mutation, PolicyBinding } from '../../kube/policies/policy.ts';
import type { Admission, ObjectReader } from './admission.ts';
import { type Encounter, meetPolicies, PolicyFailure, requestOf, worked } from './policies.ts';

const KINDS = ['MutatingAdmissionPolicy', 'MutatingAdmissionPolicyBinding'] as const;

export const mutatingPolicy: Admission = {
  name: 'MutatingAdmissionPolicy',
  kinds: ['*'],
  mayInvalidate: true,
  create: (object, api) => (api.count(KINDS[1]) > 0 ? mutated(object, undefined, api) : object),
  update: (object, old, api) => (api.count(KINDS[1]) > 0 ? mutated(object, old, api) : object),
};

function mutated(given: KubeObject, old: KubeObject | undefined, api: ObjectReader): KubeObject {
  const request = requestOf(given, old, api);
  if (!request) return given;
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
  const visit = ({ policy, names }: Encounter<MutatingPolicy>) => {
    for (const mutation of policy.spec.mutations ?? []) object = patched(object, mutation, { ...names, object });
    object = kind.defaults?.(object) ?? object;
  };
  meetPolicies(KINDS, request, api, visit, fail);
  return object;

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
