// The rules for webhooks of admission. Models pkg/apis/admissionregistration/validation/validation.go (validateValidatingWebhook,
// validateMutatingWebhook).
// Limitation: the expressions of match conditions are not compiled.
import type { FieldError } from '../errors.ts';
import { duplicate, invalid, notSupported, required } from '../fieldErrors.ts';
import type { KubeObject, LabelSelector } from '../meta.ts';
import { isDns1123Subdomain } from '../names.ts';
import type { ResourceRule } from '../policies/policy.ts';
import { validateSelector } from './meta.ts';
import { validateResourceRule } from './resourceRule.ts';

interface Webhook {
  readonly name?: string;
  readonly rules?: readonly ResourceRule[];
  readonly failurePolicy?: string;
  readonly matchPolicy?: string;
  readonly sideEffects?: string;
  readonly timeoutSeconds?: number;
  readonly reinvocationPolicy?: string;
  readonly namespaceSelector?: LabelSelector;
  readonly objectSelector?: LabelSelector;
  readonly admissionReviewVersions?: readonly string[];
  readonly clientConfig?: { readonly url?: string; readonly service?: { readonly name?: string; readonly namespace?: string } };
}

const FAILURE_POLICIES = ['Fail', 'Ignore'];
const MATCH_POLICIES = ['Equivalent', 'Exact'];
const REINVOCATION_POLICIES = ['IfNeeded', 'Never'];
const WITHOUT_SIDE_EFFECTS = ['None', 'NoneOnDryRun'];
const REVIEW_VERSIONS = ['v1', 'v1beta1'];

export function validateWebhooks(object: KubeObject): FieldError[] {
  const { webhooks = [] } = object as KubeObject & { readonly webhooks?: readonly Webhook[] };
  const names = new Set<string>();
  return webhooks.flatMap((webhook, i) => {
    const errors = validateWebhook(webhook, `webhooks[${i}]`);
    if (webhook.name && names.has(webhook.name)) errors.push(duplicate(`webhooks[${i}].name`, webhook.name));
    names.add(webhook.name ?? '');
    return errors;
  });
}

function validateWebhook(webhook: Webhook, field: string): FieldError[] {
  const { rules = [], failurePolicy, matchPolicy, sideEffects, timeoutSeconds, reinvocationPolicy } = webhook;
  const { namespaceSelector, objectSelector, admissionReviewVersions: versions = [] } = webhook;
  const errors = validateFullName(webhook.name ?? '', `${field}.name`);
  errors.push(...rules.flatMap((rule, i) => validateResourceRule(rule, `${field}.rules[${i}]`)));
  const oneOf = (name: string, value: string | undefined, allowed: readonly string[]) => {
    if (value !== undefined && !allowed.includes(value)) errors.push(notSupported(`${field}.${name}`, value, allowed));
  };
  oneOf('failurePolicy', failurePolicy, FAILURE_POLICIES);
  oneOf('matchPolicy', matchPolicy, MATCH_POLICIES);
  if (sideEffects === undefined) errors.push(required(`${field}.sideEffects`, `must specify one of ${WITHOUT_SIDE_EFFECTS.join(', ')}`));
  oneOf('sideEffects', sideEffects, WITHOUT_SIDE_EFFECTS);
  if (timeoutSeconds !== undefined && (timeoutSeconds < 1 || timeoutSeconds > 30))
    errors.push(invalid(`${field}.timeoutSeconds`, timeoutSeconds, 'the timeout value must be between 1 and 30 seconds'));
  if (namespaceSelector) errors.push(...validateSelector(namespaceSelector, `${field}.namespaceSelector`));
  if (objectSelector) errors.push(...validateSelector(objectSelector, `${field}.objectSelector`));
  oneOf('reinvocationPolicy', reinvocationPolicy, REINVOCATION_POLICIES);
  errors.push(...validateAddress(webhook.clientConfig ?? {}, `${field}.clientConfig`));
  const reviews = `${field}.admissionReviewVersions`;
  if (versions.length === 0) errors.push(required(reviews, `must specify one of ${REVIEW_VERSIONS.join(', ')}`));
  else if (!versions.some((version) => REVIEW_VERSIONS.includes(version)))
    errors.push(invalid(reviews, versions, `must include at least one of ${REVIEW_VERSIONS.join(', ')}`));
  return errors;
}

function validateFullName(name: string, field: string): FieldError[] {
  if (name === '') return [required(field)];
  const problems = isDns1123Subdomain(name);
  if (problems.length > 0) return [invalid(field, name, problems.join(','))];
  return name.split('.').length < 3 ? [invalid(field, name, 'should be a domain with at least three segments separated by dots')] : [];
}

function validateAddress({ url, service }: NonNullable<Webhook['clientConfig']>, field: string): FieldError[] {
  if ((url === undefined) === (service === undefined)) return [required(field, 'exactly one of url or service is required')];
  if (service) {
    return [
      ...(service.name ? [] : [required(`${field}.service.name`, 'service name is required')]),
      ...(service.namespace ? [] : [required(`${field}.service.namespace`, 'service namespace is required')]),
    ];
  }
  return url?.startsWith('https://')
    ? []
    : [
        invalid(
          `${field}.url`,
          /^(\w+):/.exec(url ?? '')?.[1] ?? '',
          "'https' is the only allowed URL scheme; desired format: https://host[/path]",
        ),
      ];
}
