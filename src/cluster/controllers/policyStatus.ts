// Looks at the expressions of ValidatingAdmissionPolicies by the types of what they match, and writes down what is wrong.
// Models pkg/controller/validatingadmissionpolicystatus/controller.go.
import type { ValidatingPolicy } from '../../kube/policies/policy.ts';
import { expressionWarnings } from '../../kube/policies/typeChecking.ts';
import type { Controller } from '../controller.ts';

const KIND = 'ValidatingAdmissionPolicy';

export const policyStatus: Controller = {
  name: 'validatingadmissionpolicy-status-controller',
  watches: [{ kind: KIND }],
  reconcile(key, { api }) {
    const policy = api.getByKey<ValidatingPolicy>(key);
    const { generation = 1 } = policy?.metadata ?? {};
    if (!policy || (policy.status?.observedGeneration ?? 0) >= generation) return;
    const warnings = expressionWarnings(policy, api.kinds.all);
    const typeChecking = warnings.length > 0 ? { expressionWarnings: warnings } : {};
    api.updateStatus<ValidatingPolicy>({ ...policy, status: { ...policy.status, observedGeneration: generation, typeChecking } });
  },
};
