// kubectl api-resources: the kinds this server knows. Models kubectl/pkg/cmd/apiresources/apiresources.go.
import { kindsOf } from '../../kube/custom/served.ts';
import { groupOf, type Kind, verbsOf } from '../../kube/kind.ts';
import { CommandError } from '../errors.ts';
import { alignTable } from '../table.ts';
import type { Verb } from '../verb.ts';

export const apiResources: Verb = {
  name: 'api-resources',
  usage: '[flags]',
  summary: 'Print the supported API resources on the server',
  examples: [{ why: 'The kinds of one group', line: 'kubectl api-resources --api-group=apps' }],
  flags: [
    { name: 'output', short: 'o', type: 'string', help: 'wide or name.' },
    {
      name: 'namespaced',
      type: 'bool',
      default: 'true',
      help: 'Only kinds that live in namespaces, or with =false only those that do not.',
    },
    { name: 'api-group', type: 'string', help: 'Only the kinds of this group.' },
    { name: 'verbs', type: 'list', help: 'Only kinds that all these can be done to.' },
    { name: 'categories', type: 'list', help: 'Only kinds of all these categories.' },
    { name: 'cached', type: 'bool', help: 'Accepted; nothing is kept.' },
    { name: 'no-headers', type: 'bool', help: 'Leave out the headers.' },
    { name: 'sort-by', type: 'string', help: 'name or kind.' },
  ],

  *run(args, ctx) {
    const output = args.text('output');
    if (!['', 'wide', 'name'].includes(output)) throw new CommandError(`--output ${output} is not available`);
    const sorting = args.text('sort-by');
    if (!['', 'name', 'kind'].includes(sorting)) throw new CommandError('--sort-by accepts only name or kind');
    if (args.words.length > 0)
      throw new CommandError(`unexpected arguments: [${args.words.join(' ')}]\nSee '${ctx.path} -h' for help and examples`);
    const shown = kindsOf(ctx.client.snapshot())
      .all.filter((kind) => !args.has('namespaced') || kind.namespaced === args.isOn('namespaced'))
      .filter((kind) => !args.has('api-group') || groupOf(kind.apiVersion) === args.text('api-group'))
      .filter((kind) => args.texts('verbs').every((verb) => verbsOf(kind).includes(verb)))
      .filter((kind) => args.texts('categories').every((category) => (kind.categories ?? []).includes(category)))
      .sort((a, b) => (orderOf(a, sorting) < orderOf(b, sorting) ? -1 : 1));
    if (output === 'name') {
      yield { type: 'stdout', text: shown.map((kind) => `${nameWithGroup(kind)}\n`).join('') };
      return 0;
    }
    const isWide = output === 'wide';
    const rows = shown.map((kind) => {
      const cells = [kind.plural, kind.shortNames.join(','), kind.apiVersion, String(kind.namespaced), kind.kind];
      return [...cells, ...(isWide ? [verbsOf(kind).join(','), (kind.categories ?? []).join(',')] : [])].join('\t');
    });
    const head = `NAME\tSHORTNAMES\tAPIVERSION\tNAMESPACED\tKIND${isWide ? '\tVERBS\tCATEGORIES' : ''}`;
    yield { type: 'stdout', text: alignTable([...(args.isOn('no-headers') ? [] : [head]), ...rows]) };
    return 0;
  },
};

function nameWithGroup({ plural, apiVersion }: Kind): string {
  return groupOf(apiVersion) ? `${plural}.${groupOf(apiVersion)}` : plural;
}

function orderOf(kind: Kind, sorting: string): string {
  if (sorting === 'kind') return kind.kind;
  return sorting === 'name' ? kind.plural : `${groupOf(kind.apiVersion)} ${kind.plural}`;
}
