// What an object asks for that nothing here does: it is taken and kept, and named once where a person sees it.
import type { CustomResourceDefinition } from './custom/definition.ts';
import type { JsonSchema } from './custom/jsonSchema.ts';
import type { PodSpec } from './kinds/pod.ts';
import { celFunctions } from './late.ts';
import type { KubeObject } from './meta.ts';
import type { MutatingPolicy, ValidatingPolicy } from './policies/policy.ts';

/** Each in words that may stand behind `accepted, not simulated: `. */
export function notSimulatedIn(object: KubeObject): readonly string[] {
  const found = new Set<string>();
  const spec = podSpecOf(object);
  if (spec?.volumes?.some((volume) => volume['csi'])) found.add('csi volumes inside pods (an empty folder stands for each)');
  if (spec?.resourceClaims?.length) found.add('devices (no driver offers any: pods that claim some stay Pending)');
  if (object.kind === 'CustomResourceDefinition' && (object as CustomResourceDefinition).spec.conversion?.webhook)
    found.add('conversion by webhook (objects are served in any version as they are)');
  for (const text of expressionsOf(object))
    for (const name of celFunctions.get().functionsNotSimulated(text)) found.add(`the CEL function ${name} (what uses it always holds)`);
  return [...found];
}

function podSpecOf({ kind, spec }: KubeObject): PodSpec | undefined {
  if (kind === 'Pod') return spec as PodSpec;
  const { template, jobTemplate } = (spec ?? {}) as {
    readonly template?: { readonly spec?: PodSpec };
    readonly jobTemplate?: { readonly spec?: { readonly template?: { readonly spec?: PodSpec } } };
  };
  return template?.spec ?? jobTemplate?.spec?.template?.spec;
}

function expressionsOf(object: KubeObject): readonly (string | undefined)[] {
  switch (object.kind) {
    case 'CustomResourceDefinition':
      return (object as CustomResourceDefinition).spec.versions.flatMap(({ schema }) => rulesIn(schema?.openAPIV3Schema));
    case 'ValidatingAdmissionPolicy':
    case 'MutatingAdmissionPolicy': {
      const { validations = [] } = (object as ValidatingPolicy).spec;
      const { mutations = [], matchConditions = [], variables = [] } = (object as MutatingPolicy).spec;
      return [
        ...[...matchConditions, ...variables, ...validations].map(({ expression }) => expression),
        ...mutations.map(({ applyConfiguration, jsonPatch }) => (applyConfiguration ?? jsonPatch)?.expression),
      ];
    }
    default:
      return [];
  }
}

function rulesIn(schema: JsonSchema | undefined): string[] {
  if (!schema) return [];
  const { properties = {}, additionalProperties, items } = schema;
  const inner = [...Object.values(properties), items, typeof additionalProperties === 'object' ? additionalProperties : undefined];
  return [...(schema['x-kubernetes-validations'] ?? []).map(({ rule }) => rule), ...inner.flatMap(rulesIn)];
}
