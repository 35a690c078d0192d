// kubectl create token. Models kubectl/pkg/cmd/create/create_token.go as far as the server has no keys: nobody signs tokens here.
import { CommandError, usageError } from '../errors.ts';
import { listObjects, mustFindKind } from '../resources.ts';
import { outputFlag, type Verb } from '../verb.ts';

export const createToken: Verb = {
  name: 'token',
  usage: 'SERVICE_ACCOUNT_NAME',
  summary: 'Request a service account token: refused, as requests are not authenticated here',
  flags: [
    outputFlag,
    { name: 'duration', type: 'duration', help: 'How long the token is good for.' },
    { name: 'audience', type: 'array', help: 'Who the token is for.' },
    { name: 'bound-object-kind', type: 'string', help: 'The kind of the object that the token lives as long as.' },
    { name: 'bound-object-name', type: 'string', help: 'Its name.' },
    { name: 'bound-object-uid', type: 'string', help: 'Its uid.' },
  ],
  run(args, ctx) {
    const [name] = args.words;
    if (!name || args.words.length > 1) throw usageError(ctx.path, `exactly one NAME is required, got ${args.words.length}`);
    const accounts = listObjects(mustFindKind('serviceaccounts', ctx), ctx.namespace, ctx);
    if (!accounts.some(({ metadata }) => metadata.name === name))
      throw new CommandError(`failed to create token: serviceaccounts "${name}" not found`);
    throw new CommandError('failed to create token: requests are not authenticated here, so that nobody signs tokens');
  },
};
