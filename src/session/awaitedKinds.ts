// A text that defines kinds and makes objects of them: kubectl knows the kinds only once they are served, so it applies the rest first.

import type { CustomResourceDefinition } from '../kube/custom/definition.ts';
import { type Manifest, readManifests } from '../kube/manifest.ts';
import { ManifestError } from '../kube/manifestError.ts';

const NO_MATCH = /no matches for kind "([^"]+)" in version "([^"]+)"/;
const HINT = 'ensure CRDs are installed first';

/** The kinds for which nothing but their own definitions, which stand in the same text, was missing; empty when anything else went wrong. */
export function awaitedKinds(text: string, stderr: string): readonly string[] {
  const lines = stderr.split('\n').filter((line) => line !== '' && line !== HINT && !line.startsWith('Warning: '));
  const missing = lines.map((line) => NO_MATCH.exec(line));
  if (missing.length === 0 || missing.includes(null)) return [];
  const defined = new Set(readManifests(text, 'STDIN').flatMap(kindsDefinedBy));
  const kinds = missing.map((match) => `${match?.[2]} ${match?.[1]}`);
  return kinds.every((kind) => defined.has(kind)) ? [...new Set(missing.map((match) => match?.[1] ?? ''))] : [];
}

function kindsDefinedBy(manifest: Manifest | ManifestError): readonly string[] {
  if (manifest instanceof ManifestError || manifest.object.kind !== 'CustomResourceDefinition') return [];
  const { group, names, versions } = (manifest.object as CustomResourceDefinition).spec ?? {};
  return Array.isArray(versions) ? versions.map(({ name }) => `${group}/${name} ${names?.kind}`) : [];
}
