// The rules for a container's own restart policy and restart rules. Models pkg/apis/core/validation/validation.go
// validateContainerRestartPolicy.
import type { FieldError } from '../errors.ts';
import { notSupported, required } from '../fieldErrors.ts';
import type { Container } from '../kinds/pod.ts';

const POLICIES = ['Always', 'Never', 'OnFailure'];
const ACTIONS = ['Restart', 'RestartAllContainers'];
const OPERATORS = ['In', 'NotIn'];

export function validateRestartPolicy({ restartPolicy, restartPolicyRules = [] }: Container, path: string): FieldError[] {
  const errors: FieldError[] = [];
  if (restartPolicy && !POLICIES.includes(restartPolicy)) errors.push(notSupported(`${path}.restartPolicy`, restartPolicy, POLICIES));
  if (!restartPolicy && restartPolicyRules.length > 0) {
    errors.push(required(`${path}.restartPolicy`, 'must specify restartPolicy when restart rules are used'));
  }
  restartPolicyRules.forEach(({ action, exitCodes }, i) => {
    const rule = `${path}.restartPolicyRules[${i}]`;
    if (!ACTIONS.includes(action)) errors.push(notSupported(`${rule}.action`, action, ACTIONS));
    if (!exitCodes) errors.push(required(`${rule}.exitCodes`, 'must be specified'));
    else if (!OPERATORS.includes(exitCodes.operator))
      errors.push(notSupported(`${rule}.exitCodes.operator`, exitCodes.operator, OPERATORS));
  });
  return errors;
}
