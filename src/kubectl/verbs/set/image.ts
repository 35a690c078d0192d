// kubectl set image: another image for containers of a pod template.
// Models kubectl/pkg/cmd/set/set_image.go.
import type { PodSpec } from '../../../kube/kinds/pod.ts';
import { CommandError } from '../../errors.ts';
import { isWithFiles } from '../../files.ts';
import type { Verb } from '../../verb.ts';
import { parsePairs, refuseIncomplete, splitPairs } from './pairs.ts';
import { changePodSpecs, type SpecChange, setFlags, targetsOf } from './template.ts';

export const setImage: Verb = {
  name: 'image',
  usage: '(-f FILENAME | TYPE NAME) CONTAINER_NAME_1=CONTAINER_IMAGE_1 ... CONTAINER_NAME_N=CONTAINER_IMAGE_N',
  summary: 'Update the image of a pod template',
  examples: [
    { why: 'A new version of one container', line: 'kubectl set image deployment/web web=nginx:1.27' },
    { why: 'Of all containers', line: "kubectl set image deployment/web '*=nginx:1.27'" },
  ],
  flags: setFlags,

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'image');
    const { values } = parsePairs(pairs, 'image', false);
    const targets = targetsOf(args, ctx, resources);
    refuseIncomplete(resources.length > 0 || isWithFiles(args), [
      ...(values.size === 0 ? ['at least one image update is required'] : []),
      ...(values.size > 1 && values.has('*')
        ? ['all containers are already specified by *, but saw more than one container_name=container_image pairs']
        : []),
    ]);
    const change: SpecChange = {
      what: 'image',
      operation: 'image updated',
      patch: (spec, _target, errors) => imagePatch(spec, values, errors),
    };
    return yield* changePodSpecs(targets, change, args, ctx);
  },
};

function imagePatch(spec: PodSpec, images: ReadonlyMap<string, string>, errors: Error[]): unknown {
  const patch: Record<string, unknown[]> = {};
  for (const [name, image] of images) {
    let isFound = false;
    for (const field of ['initContainers', 'containers'] as const) {
      for (const container of spec[field] ?? []) {
        if (name !== '*' && container.name !== name) continue;
        isFound = true;
        patch[field] = [...(patch[field] ?? []), { name: container.name, image }];
      }
    }
    if (!isFound) errors.push(new CommandError(`error: unable to find container named ${JSON.stringify(name)}`));
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}
