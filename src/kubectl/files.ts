// -f for the verbs that write: the objects of the manifests, those apart that kubectl itself cannot decode.
// Models cli-runtime/pkg/resource/visitor.go and apimachinery/pkg/apis/meta/v1/unstructured (metadata must be text).
import type { KubeObject } from '../kube/meta.ts';
import { CommandError } from './errors.ts';
import { type ManifestTarget, manifestTargets } from './manifests.ts';
import type { Flag, ParsedArgs } from './parse.ts';
import { selectorFilter } from './selectors.ts';
import { filenameFlag, type VerbContext } from './verb.ts';

/** The flags of every verb that reads manifests. */
export const fileFlags: readonly Flag[] = [
  filenameFlag,
  { name: 'recursive', short: 'R', type: 'bool', help: 'Accepted; there are no directories here.' },
  { name: 'kustomize', short: 'k', type: 'string', help: 'Refused: there are no directories here.' },
];

export const isWithFiles = (args: ParsedArgs): boolean => args.has('filename') || args.has('kustomize');

/** Reads what `-f` names. What cannot be read is an error beside the rest, as the rest is still acted on. */
export function readItems(
  args: ParsedArgs,
  ctx: VerbContext,
): { readonly items: readonly ManifestTarget[]; readonly errors: readonly Error[] } {
  if (args.has('kustomize')) throw new CommandError('there are no directories here for --kustomize; give the objects to -f -');
  const { targets, errors } = manifestTargets(args, ctx);
  const mistakes = targets.flatMap(({ object, source }) => metaMistake(object, source) ?? []);
  const readable = targets.filter(({ object, source }) => !metaMistake(object, source));
  const selector = args.text('selector');
  const items = selector ? readable.filter(({ kind, object }) => selectorFilter(kind, selector, '')(object)) : readable;
  return { items, errors: [...errors, ...mistakes] };
}

/** kubectl itself reads metadata only, and stops at what should be text there and is not. */
function metaMistake({ metadata }: KubeObject, source: string): CommandError | undefined {
  const given: Readonly<Record<string, unknown>> = metadata as never;
  const wrong = (value: unknown, field: string, type: string): CommandError =>
    new CommandError(
      `unable to decode "${source}": json: cannot unmarshal ${goType(value)} into Go struct field ObjectMeta.metadata.${field} of type ${type}`,
    );
  for (const field of ['name', 'namespace', 'generateName']) {
    const value = given[field] ?? '';
    if (typeof value !== 'string') return wrong(value, field, 'string');
  }
  for (const field of ['labels', 'annotations']) {
    const map = given[field] ?? {};
    if (typeof map !== 'object' || Array.isArray(map)) return wrong(map, field, 'map[string]string');
    const value = Object.values(map as object).find((each) => each !== null && typeof each !== 'string');
    if (value !== undefined) return wrong(value, field, 'string');
  }
  return undefined;
}

function goType(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return typeof value === 'boolean' ? 'bool' : typeof value;
}
