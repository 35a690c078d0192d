// kubectl edit: the editor belongs to whoever shows the terminal; the command only says which object it is about.
// Models the part of kubectl/pkg/cmd/util/editor/editoptions.go before the editor opens.
import { keyOf } from '../../kube/meta.ts';
import { CommandError, throwAll } from '../errors.ts';
import { findResources } from '../resources.ts';
import { selectorFlag, type Verb } from '../verb.ts';

export const edit: Verb = {
  name: 'edit',
  usage: '(RESOURCE/NAME | -f FILENAME)',
  summary: 'Edit a resource on the server',
  examples: [{ why: 'Change the template of a deployment', line: 'kubectl edit deployment/web' }],
  flags: [selectorFlag, { name: 'output', short: 'o', type: 'string', help: 'Accepted; the editor shows YAML.' }],

  *run(args, ctx) {
    if (args.words.length === 0) {
      throw new CommandError('must specify a resource to edit, for instance: kubectl edit deployment/web');
    }
    const { targets, errors } = findResources(args, ctx, { isListAllowed: true });
    throwAll(errors);
    const [target] = targets;
    if (!target) throw new CommandError('edit cancelled, no objects found');
    if (!ctx.client.hasEditor) throw new CommandError('there is no editor here: use kubectl patch, or kubectl apply with the changed text');
    yield { type: 'edit', key: keyOf(target.object) };
    return 0;
  },
};
