// kubectl set: the registry of its verbs.
import type { Verb } from '../../verb.ts';
import { setEnv } from './env.ts';
import { setImage } from './image.ts';
import { setResources, setSelector, setServiceAccount } from './resources.ts';
import { setSubject } from './subject.ts';

export const set: Verb = {
  name: 'set',
  usage: 'SUBCOMMAND',
  summary: 'Set specific features on objects',
  examples: [{ why: 'A new image', line: 'kubectl set image deployment/web web=nginx:1.27' }],
  flags: [],
  verbs: [setEnv, setImage, setResources, setSelector, setServiceAccount, setSubject],
};
