// What `-f` names: the manifests that stand beside the command, with kubectl's errors.
// Models cli-runtime/pkg/resource/{builder,mapper,visitor}.go. There is no file system: only `-f -` can be read.
import { kindsOf } from '../kube/custom/served.ts';
import type { Kind } from '../kube/kind.ts';
import { type Manifest, readManifests } from '../kube/manifest.ts';
import { ManifestError } from '../kube/manifestError.ts';
import type { KubeObject, ObjectMeta } from '../kube/meta.ts';
import { CommandError } from './errors.ts';
import type { ParsedArgs } from './parse.ts';
import type { VerbContext } from './verb.ts';

/** One object of a manifest, in its namespace, not yet sent. */
export interface ManifestTarget {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  /** Empty where the server is to make one from generateName. */
  readonly name: string;
  /** As given, with the namespace of this command filled in. */
  readonly object: KubeObject;
  /** `STDIN`: how errors name the text. */
  readonly source: string;
  readonly manifest: Manifest;
}

/** The objects of all `-f`, in order, and what could not be read. The command goes on with the first and ends with the second. */
export function manifestTargets(args: ParsedArgs, ctx: VerbContext): { targets: readonly ManifestTarget[]; errors: readonly Error[] } {
  const targets: ManifestTarget[] = [];
  const errors: Error[] = [];
  for (const filename of args.texts('filename')) {
    for (const manifest of readManifests(textOf(filename, ctx), 'STDIN')) {
      try {
        if (manifest instanceof ManifestError) throw new CommandError(manifest.message);
        targets.push(targetOf(manifest, ctx));
      } catch (error) {
        if (!(error instanceof CommandError)) throw error;
        errors.push(error);
      }
    }
  }
  return { targets, errors };
}

function textOf(filename: string, ctx: VerbContext): string {
  if (/^https?:\/\//.test(filename)) throw new CommandError(`nothing is fetched from the network here: paste what ${filename} holds`);
  if (filename !== '-') throw new CommandError(`the path "${filename}" does not exist`);
  return ctx.stdin ?? '';
}

function targetOf(manifest: Manifest, ctx: VerbContext): ManifestTarget {
  const { object } = manifest;
  const { apiVersion, kind: kindName } = object;
  const { name = '', namespace: given = '' }: Partial<ObjectMeta> = object.metadata ?? {};
  const kind = kindsOf(ctx.client.snapshot()).findIn(apiVersion, kindName);
  if (!kind) {
    throw new CommandError(
      `resource mapping not found for name: "${name}" namespace: "${given}" from "STDIN": no matches for kind "${kindName}" in version "${apiVersion}"\nensure CRDs are installed first`,
    );
  }
  if (kind.namespaced && ctx.isNamespaceGiven && given && given !== ctx.namespace) {
    throw new CommandError(
      `the namespace from the provided object "${given}" does not match the namespace "${ctx.namespace}". You must pass '--namespace=${given}' to perform this operation.`,
    );
  }
  const namespace = kind.namespaced ? given || ctx.namespace : undefined;
  return { kind, namespace, name, object: inNamespace(object, namespace), source: 'STDIN', manifest };
}

function inNamespace(object: KubeObject, namespace: string | undefined): KubeObject {
  if (object.metadata?.namespace === namespace) return object;
  const { namespace: _given, ...metadata } = object.metadata ?? { name: '' };
  return { ...object, metadata: namespace === undefined ? metadata : { ...metadata, namespace } };
}
