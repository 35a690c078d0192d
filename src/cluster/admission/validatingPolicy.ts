// ValidatingAdmissionPolicies: refuse or warn of what their rules do not allow.
// Models apiserver/pkg/admission/plugin/policy/validating/{dispatcher,validator}.go. There is no audit log to write to.
import { ApiError, type ApiErrorReason } from '../../kube/errors.ts';
import { resourceName } from '../../kube/kind.ts';
import type { KubeObject } from '../../kube/meta.ts';
import type { PolicyBinding, ValidatingPolicy, Validation } from '../../kube/policies/policy.ts';
import type { PolicyRequest } from '../../kube/policies/request.ts';
import type { WriteOptions } from '../writeOptions.ts';
import type { Admission, ObjectReader } from './admission.ts';
import { type Encounter, meetPolicies, PolicyFailure, requestOf, worked } from './policies.ts';

const KINDS = ['ValidatingAdmissionPolicy', 'ValidatingAdmissionPolicyBinding'] as const;

export const validatingPolicy: Admission = {
  name: 'ValidatingAdmissionPolicy',
  kinds: ['*'],
  validate: judge,
  delete: (object, api) => judge(undefined, object, api, {}),
};

interface Denial {
  readonly message: string;
  readonly reason: ApiErrorReason;
}

function judge(object: KubeObject | undefined, old: KubeObject | undefined, api: ObjectReader, options: WriteOptions): void {
  const request = requestOf(object, old, api, options);
  if (!request) return;
  const denials: Denial[] = [];
  const decide = (policy: ValidatingPolicy, binding: PolicyBinding, message: string, reason: ApiErrorReason = 'Invalid') => {
    const by = `ValidatingAdmissionPolicy '${policy.metadata.name}' with binding '${binding.metadata.name}'`;
    const actions = binding.spec.validationActions ?? [];
    if (actions.includes('Deny')) denials.push({ message: `${by} denied request: ${message}`, reason });
    if (actions.includes('Warn')) api.warn(`Validation failed for ${by}: ${message}`);
  };
  const fail = (policy: ValidatingPolicy, binding: PolicyBinding, { message }: PolicyFailure) => {
    if (policy.spec.failurePolicy === 'Fail') decide(policy, binding, message);
  };
  const visit = ({ policy, binding, names }: Encounter<ValidatingPolicy>) => {
    for (const validation of policy.spec.validations ?? []) {
      try {
        if (worked(validation.expression, names) === true) continue;
        decide(policy, binding, messageOf(validation, names), validation.reason);
      } catch (error) {
        if (!(error instanceof PolicyFailure)) throw error;
        fail(policy, binding, error);
      }
    }
  };
  meetPolicies(KINDS, request, api, visit, fail);
  if (denials[0]) throw refusal(denials[0], request);
}

function messageOf({ expression, message, messageExpression }: Validation, names: Encounter<ValidatingPolicy>['names']): string {
  return (messageExpression && saidBy(messageExpression, names)) || message?.trim() || `failed expression: ${expression.trim()}`;
}

/** What an expression says of what is wrong; nothing where it fails or says more than one line. */
function saidBy(expression: string, names: Encounter<ValidatingPolicy>['names']): string {
  try {
    const said = worked(expression, names);
    return typeof said === 'string' && !said.trim().includes('\n') ? said.trim() : '';
  } catch (error) {
    if (error instanceof PolicyFailure) return '';
    throw error;
  }
}

function refusal({ message, reason }: Denial, { kind, name }: PolicyRequest): ApiError {
  return new ApiError(reason, `${resourceName(kind)} "${name}" is forbidden: ${message}`, {
    subject: `${kind.plural} "${name}"`,
    causes: [{ type: 'Invalid value', field: '', text: message }],
  });
}
