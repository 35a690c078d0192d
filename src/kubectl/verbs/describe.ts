// kubectl describe. Models kubectl/pkg/cmd/describe/describe.go; what is said of each kind is in describe/.
import { ApiError } from '../../kube/errors.ts';
import { descriptionOf } from '../describe/index.ts';
import { CommandError, throwAll } from '../errors.ts';
import { findResources, listObjects, mustFindKind } from '../resources.ts';
import { allNamespacesFlag, err, filenameFlag, selectorFlag, type Verb } from '../verb.ts';

export const describe: Verb = {
  name: 'describe',
  usage: '(-f FILENAME | TYPE [NAME_PREFIX | -l label] | TYPE/NAME)',
  summary: 'Show details of a specific resource or group of resources',
  examples: [
    { why: 'A node, with the pods on it', line: 'kubectl describe node node-1' },
    { why: 'A pod, with its events', line: 'kubectl describe pod/web-7d4b-x2lqz' },
    { why: 'All pods whose name begins so', line: 'kubectl describe pod web' },
  ],
  flags: [
    selectorFlag,
    allNamespacesFlag,
    filenameFlag,
    {
      name: 'show-events',
      type: 'bool',
      default: 'true',
      help: 'Show the events about one object; those of several only when this is given.',
    },
    { name: 'chunk-size', type: 'int', default: '500', help: 'Accepted; lists are never cut.' },
  ],

  *run(args, ctx) {
    if (args.words.length === 0 && !args.has('filename')) {
      throw new CommandError(
        'You must specify the type of resource to describe. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    const found = findResources(args, ctx, { isListAllowed: true });
    const isSeveral = found.targets.length > 1 || found.errors.length > 0;
    const around = {
      nowMs: ctx.client.nowMs,
      snapshot: ctx.client.snapshot(),
      isWithEvents: args.isOn('show-events') && (args.has('show-events') || !isSeveral),
      ...(ctx.client.leaseRenewMs ? { leaseRenewMs: ctx.client.leaseRenewMs } : {}),
    };
    const [error] = found.errors;
    if (error instanceof ApiError && error.reason === 'NotFound' && args.words.length === 2) {
      const [type = '', prefix = ''] = args.words;
      const kind = mustFindKind(type, ctx);
      const objects = listObjects(kind, ctx.namespace, ctx).filter(({ metadata }) => metadata.name.startsWith(prefix));
      if (objects.length === 0) throw error;
      for (const object of objects) yield { type: 'stdout', text: `${descriptionOf(object, around)}\n` };
      return 0;
    }
    const text = found.targets.map(({ object }) => descriptionOf(object, around)).join('\n\n');
    if (text) yield { type: 'stdout', text };
    else if (found.errors.length === 0) {
      yield err(args.isOn('all-namespaces') ? 'No resources found' : `No resources found in ${ctx.namespace} namespace.`);
    }
    throwAll(found.errors);
    return 0;
  },
};
