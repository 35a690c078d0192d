// kubectl set resources, serviceaccount and selector.
// Models kubectl/pkg/cmd/set/{set_resources,set_serviceaccount,set_selector}.go.

import type { PodSpec } from '../../../kube/kinds/pod.ts';
import { tableOf } from '../../../kube/meta.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { isWithFiles } from '../../files.ts';
import { parseLabels, parseResources } from '../../generators/generator.ts';
import { findResources } from '../../resources.ts';
import type { Verb } from '../../verb.ts';
import { attempt, reporterOf, sendingOf, sendPatch } from '../../writing.ts';
import { changePodSpecs, type SpecChange, setFlags, targetsOf } from './template.ts';

export const setResources: Verb = {
  name: 'resources',
  usage: '(-f FILENAME | TYPE NAME)  ([--limits=LIMITS & --requests=REQUESTS]',
  summary: 'Update resource requests/limits on objects with pod templates',
  examples: [{ why: 'Half a CPU at most', line: 'kubectl set resources deployment web --limits=cpu=500m,memory=256Mi' }],
  flags: [
    ...setFlags,
    { name: 'containers', short: 'c', type: 'string', default: '*', help: 'The containers to change.' },
    { name: 'limits', type: 'string', help: 'cpu=100m,memory=256Mi' },
    { name: 'requests', type: 'string', help: 'cpu=100m,memory=256Mi' },
  ],

  *run(args, ctx) {
    if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
    const limits = parseResources(args.text('limits'));
    const requests = parseResources(args.text('requests'));
    const targets = targetsOf(args, ctx, args.words);
    if (!limits && !requests)
      throw new CommandError('you must specify an update to requests or limits (in the form of --requests/--limits)');
    const resources = { ...(limits ? { limits } : {}), ...(requests ? { requests } : {}) };
    const pattern = args.text('containers');
    const change: SpecChange = {
      what: 'resources',
      operation: 'resource requirements updated',
      patch(spec, _target, errors) {
        const patch = resourcesPatch(spec, pattern, resources);
        if (!patch) errors.push(new CommandError(`error: unable to find container named ${pattern}`));
        return patch;
      },
    };
    return yield* changePodSpecs(targets, change, args, ctx);
  },
};

function resourcesPatch(spec: PodSpec, pattern: string, resources: unknown): unknown {
  const patch: Record<string, unknown[]> = {};
  for (const field of ['initContainers', 'containers'] as const) {
    const chosen = (spec[field] ?? []).filter(({ name }) => pattern === '*' || name === pattern);
    if (chosen.length > 0) patch[field] = chosen.map(({ name }) => ({ name, resources }));
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

export const setServiceAccount: Verb = {
  name: 'serviceaccount',
  aliases: ['sa'],
  usage: '(-f FILENAME | TYPE NAME) SERVICE_ACCOUNT',
  summary: 'Update the service account of a resource',
  examples: [{ why: 'Another account', line: 'kubectl set serviceaccount deployment web builder' }],
  flags: setFlags,

  *run(args, ctx) {
    if (args.words.length === 0) throw new CommandError('serviceaccount is required');
    const account = args.words.at(-1) as string;
    const resources = args.words.slice(0, -1);
    if (resources.length === 0 && !isWithFiles(args))
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    const change: SpecChange = {
      what: 'ServiceAccountName',
      operation: 'serviceaccount updated',
      patch: () => ({ serviceAccountName: account }),
    };
    return yield* changePodSpecs(targetsOf(args, ctx, resources), change, args, ctx);
  },
};

export const setSelector: Verb = {
  name: 'selector',
  usage: '(-f FILENAME | TYPE NAME) EXPRESSIONS [--resource-version=version]',
  summary: 'Set the selector on a resource',
  examples: [{ why: 'Another set of pods for a service', line: 'kubectl set selector service web app=green' }],
  flags: setFlags,

  *run(args, ctx) {
    const selector = parseLabels(args.words.at(-1) ?? '');
    const dryRun = sendingOf(args);
    const report = reporterOf(args);
    const { targets, errors: missing } = findResources(args, ctx, { words: args.words.slice(0, -1), isListAllowed: args.isOn('all') });
    const errors: Error[] = [...missing];
    for (const target of targets) {
      const changed = attempt(errors, () => {
        if (tableOf(target.kind) !== 'Service') throw new CommandError(`setting a selector is only supported for Services`);
        const old = (target.object.spec as { readonly selector?: Readonly<Record<string, string>> }).selector ?? {};
        const gone = Object.fromEntries(Object.keys(old).map((key) => [key, null]));
        const spec = { ...(target.object.spec as object), selector };
        if (dryRun === 'client') return { ...target.object, spec };
        return sendPatch(target, { spec: { selector: { ...gone, ...selector } } }, 'merge', ctx, dryRun);
      });
      if (changed) yield report(changed, 'selector updated');
    }
    throwAll(errors);
    return 0;
  },
};
