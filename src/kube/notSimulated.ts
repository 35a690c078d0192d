// What an object asks for that nothing here does: it is taken and kept, and named once where a person sees it.
import type { CustomResourceDefinition } from './custom/definition.ts';
import type { JsonSchema } from './custom/jsonSchema.ts';
import type { PodSpec } from './kinds/pod.ts';
import { celFunctions } from './late.ts';
import type { KubeObject } from './meta.ts';
import type { MutatingPolicy, ValidatingPolicy } from './policies/policy.ts';

export type NotSimulatedPart =
  /** An empty folder stands for each volume. */
  | { readonly type: 'csi' }
  /** No driver offers any: pods that claim some stay Pending. */
  | { readonly type: 'devices' }
  /** Objects are served in any version as they are. */
  | { readonly type: 'conversion' }
  /** What uses it always holds. */
  | { readonly type: 'celFunction'; readonly name: string };

export function notSimulatedIn(object: KubeObject): readonly NotSimulatedPart[] {
  const found: NotSimulatedPart[] = [];
  const spec = podSpecOf(object);
  if (spec?.volumes?.some((volume) => volume['csi'])) found.push({ type: 'csi' });
  if (spec?.resourceClaims?.length) found.push({ type: 'devices' });
  if (object.kind === 'CustomResourceDefinition' && (object as CustomResourceDefinition).spec.conversion?.webhook)
    found.push({ type: 'conversion' });
  const names = new Set(expressionsOf(object).flatMap((text) => celFunctions.get().functionsNotSimulated(text)));
  return [...found, ...[...names].map((name) => ({ type: 'celFunction', name }) as const)];
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
