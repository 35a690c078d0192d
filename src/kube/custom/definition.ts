// CustomResourceDefinition: what it holds, and what its conditions and versions say.
// Models apiextensions-apiserver/pkg/apis/apiextensions/v1/types.go and apimachinery/pkg/version/helpers.go.
import type { ScalePaths } from '../kind.ts';
import { type Condition, conditionOf, type KubeObject } from '../meta.ts';
import type { JsonSchema } from './jsonSchema.ts';

export interface DefinitionNames {
  readonly plural: string;
  readonly singular?: string;
  readonly kind: string;
  readonly listKind?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
}

export interface PrinterColumn {
  readonly name: string;
  readonly type: string;
  readonly jsonPath: string;
  readonly format?: string;
  readonly description?: string;
  /** Above 0, only in the wide table. */
  readonly priority?: number;
}

export interface DefinitionVersion {
  readonly name: string;
  readonly served: boolean;
  readonly storage: boolean;
  readonly deprecated?: boolean;
  readonly deprecationWarning?: string;
  readonly schema?: { readonly openAPIV3Schema?: JsonSchema };
  readonly subresources?: { readonly status?: unknown; readonly scale?: ScalePaths & { readonly labelSelectorPath?: string } };
  readonly additionalPrinterColumns?: readonly PrinterColumn[];
  readonly selectableFields?: readonly { readonly jsonPath: string }[];
}

export interface CustomResourceDefinition extends KubeObject {
  readonly kind: 'CustomResourceDefinition';
  readonly spec: {
    readonly group: string;
    readonly names: DefinitionNames;
    readonly scope: string;
    readonly versions: readonly DefinitionVersion[];
    readonly conversion?: { readonly strategy?: string; readonly webhook?: unknown };
    readonly preserveUnknownFields?: boolean;
  };
  readonly status: {
    readonly conditions?: readonly Condition[];
    readonly acceptedNames?: DefinitionNames;
    readonly storedVersions?: readonly string[];
  };
}

/** Keeps a definition that is being deleted until its objects are gone. */
export const CLEANUP_FINALIZER = 'customresourcecleanup.apiextensions.k8s.io';

export function hasCondition({ status }: CustomResourceDefinition, type: string): boolean {
  return conditionOf(status.conditions, type)?.status === 'True';
}

/** The versions that are served, the one that kubectl prefers first. */
export function servedVersions({ spec }: CustomResourceDefinition): DefinitionVersion[] {
  return spec.versions.filter(({ served }) => served).sort((a, b) => compareVersions(a.name, b.name));
}

const STABILITY: Readonly<Record<string, number>> = { '': 2, beta: 1, alpha: 0 };

/** `v10`, `v2`, `v1`, `v2beta1`, `v1beta2`, `v1alpha1`, then all other names in the order of letters. */
function compareVersions(a: string, b: string): number {
  const [one, other] = [partsOf(a), partsOf(b)];
  if (!one || !other) return one ? -1 : other ? 1 : a < b ? -1 : 1;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return (other[i] ?? 0) - (one[i] ?? 0);
  return 0;
}

function partsOf(name: string): readonly number[] | undefined {
  const parts = /^v(\d+)(?:(alpha|beta)(\d+))?$/.exec(name);
  return parts ? [STABILITY[parts[2] ?? ''] ?? 0, Number(parts[1]), Number(parts[3] ?? 0)] : undefined;
}
