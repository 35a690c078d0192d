// The scale of an object: how many replicas it wants and has, read and set where its kind keeps them.
// Models pkg/registry/{apps,core}/*/storage and apiextensions-apiserver/pkg/registry/customresource/etcd.go ScaleREST.
import { isMap } from './goText.ts';
import type { ScalePaths } from './kind.ts';
import type { KubeObject } from './meta.ts';

/** Where built-in kinds keep their numbers. */
export const replicasScale: ScalePaths = { specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas' };

const namesOf = (path: string): string[] => path.split('.').slice(1);

/** The number at a path such as `.spec.replicas`; undefined where none stands there. */
export function numberAt(object: KubeObject, path: string): number | undefined {
  let value: unknown = object;
  for (const name of namesOf(path)) value = isMap(value) ? value[name] : undefined;
  return typeof value === 'number' ? value : undefined;
}

/** The merge patch that sets the wanted number of replicas. */
export function scalePatch({ specReplicasPath }: ScalePaths, replicas: number): unknown {
  return namesOf(specReplicasPath).reduceRight<unknown>((value, name) => ({ [name]: value }), replicas);
}
