// What the `kubectl set` verbs share: finding the pod templates of the objects, changing them by a patch, saying so.
// Models kubectl/pkg/polymorphichelpers/updatepodspec.go and kubectl/pkg/cmd/set/helper.go.
import { isEqual } from '../../../base/equal.ts';
import { ApiError } from '../../../kube/errors.ts';
import type { Container, PodSpec } from '../../../kube/kinds/pod.ts';
import type { KubeObject } from '../../../kube/meta.ts';
import { applyPatch } from '../../../kube/patch.ts';
import type { Running } from '../../command.ts';
import { CommandError, CommandErrors } from '../../errors.ts';
import { fileFlags, isWithFiles } from '../../files.ts';
import type { Flag, ParsedArgs } from '../../parse.ts';
import { findResources, type Target } from '../../resources.ts';
import { allFlag, selectorFlag, type VerbContext } from '../../verb.ts';
import { localFlag, reporterOf, sendingOf, sendPatch, writingFlags } from '../../writing.ts';

export const setFlags: readonly Flag[] = [...fileFlags, selectorFlag, allFlag, localFlag, ...writingFlags];

/** Where an object keeps the spec of its pods; undefined for objects without pods. */
export function podSpecPath(object: KubeObject): readonly string[] | undefined {
  switch (object.kind) {
    case 'Pod':
      return ['spec'];
    case 'CronJob':
      return ['spec', 'jobTemplate', 'spec', 'template', 'spec'];
    case 'Deployment':
    case 'ReplicaSet':
    case 'StatefulSet':
    case 'DaemonSet':
    case 'ReplicationController':
    case 'Job':
      return ['spec', 'template', 'spec'];
    default:
      return undefined;
  }
}

export function podSpecOf(object: KubeObject): PodSpec | undefined {
  const path = podSpecPath(object);
  return path?.reduce<unknown>((at, name) => (at as Readonly<Record<string, unknown>> | undefined)?.[name], object) as PodSpec | undefined;
}

export const containersOf = (spec: PodSpec): readonly Container[] => [...(spec.initContainers ?? []), ...spec.containers];

/** `patch` of a pod spec as the patch of the whole object. */
export function atPodSpec(object: KubeObject, patch: unknown): unknown {
  return (podSpecPath(object) ?? []).reduceRight<unknown>((inner, name) => ({ [name]: inner }), patch);
}

export function targetsOf(args: ParsedArgs, ctx: VerbContext, resources: readonly string[]): readonly Target[] {
  if (resources.length === 0 && !isWithFiles(args)) return [];
  const { targets, errors } = findResources(args, ctx, {
    words: resources,
    isListAllowed: args.isOn('all') || args.text('selector') !== '',
  });
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new CommandErrors(errors);
  return targets;
}

export interface SpecChange {
  /** `image`: in the refusal's text. */
  readonly what: string;
  /** `image updated`. */
  readonly operation: string;
  /** A strategic merge patch of the pod spec; undefined for no change. Mistakes are pushed to `errors` and do not stop the rest. */
  patch(spec: PodSpec, target: Target, errors: Error[]): unknown;
}

/** Patches the pod specs of all targets. Objects that stay as they are go unmentioned. */
export function* changePodSpecs(targets: readonly Target[], change: SpecChange, args: ParsedArgs, ctx: VerbContext): Running {
  const dryRun = sendingOf(args);
  const report = reporterOf(args);
  const errors: Error[] = [];
  for (const target of targets) {
    const { kind, name, object } = target;
    const spec = podSpecOf(object);
    if (!spec) {
      errors.push(
        new CommandError(`error: ${kind.plural}/${name} the object is not a pod or does not have a pod template: ${object.kind}`),
      );
      continue;
    }
    const specPatch = change.patch(spec, target, errors);
    if (specPatch === undefined) continue;
    const patch = atPodSpec(object, specPatch);
    const changed = applyPatch(object, patch, 'strategic');
    if (isEqual(changed, object)) continue;
    try {
      yield report(dryRun === 'client' ? changed : sendPatch(target, patch, 'strategic', ctx, dryRun), change.operation);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(new CommandError(`failed to patch ${change.what} update to pod template: ${error.message}`));
    }
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new CommandErrors(errors);
  return 0;
}
