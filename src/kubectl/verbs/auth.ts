// kubectl auth: whoever sits here is the administrator of the cluster. Models kubectl/pkg/cmd/auth/{cani,whoami}.go.
import { kindsOf } from '../../kube/custom/served.ts';
import { usageError } from '../errors.ts';
import { alignTable } from '../table.ts';
import { err, out, type Verb } from '../verb.ts';

const canI: Verb = {
  name: 'can-i',
  usage: 'VERB [TYPE | TYPE/NAME | NONRESOURCEURL]',
  summary: 'Check whether an action is allowed',
  examples: [{ why: 'Whether pods can be made', line: 'kubectl auth can-i create pods' }],
  flags: [
    { name: 'all-namespaces', short: 'A', type: 'bool', help: 'In all namespaces.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Print nothing.' },
    { name: 'subresource', type: 'string', help: 'The part of the resource: scale, status.' },
    { name: 'no-headers', type: 'bool', help: 'Accepted.' },
  ],
  *run(args, ctx) {
    const [, type = ''] = args.words;
    if (args.words.length < 1 || args.words.length > 3)
      throw usageError(
        ctx.path,
        "you must specify two arguments: verb resource or verb resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.",
      );
    const word = type.split('/')[0] as string;
    if (word && word !== '*' && !type.startsWith('/') && !kindsOf(ctx.client.snapshot()).findWord(word))
      yield err(`Warning: the server doesn't have a resource type '${word}'\n`);
    if (!args.isOn('quiet')) yield out('yes');
    return 0;
  },
};

const whoami: Verb = {
  name: 'whoami',
  usage: '',
  summary: 'Experimental: Check self subject attributes',
  flags: [],
  *run() {
    yield { type: 'stdout', text: alignTable(['ATTRIBUTE\tVALUE', 'Username\tadmin', 'Groups\t[system:masters system:authenticated]']) };
    return 0;
  },
};

export const auth: Verb = {
  name: 'auth',
  usage: 'SUBCOMMAND',
  summary: 'Inspect authorization',
  flags: [],
  verbs: [canI, whoami],
};
