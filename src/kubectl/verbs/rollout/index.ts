// kubectl rollout: the registry of its verbs.
import type { Verb } from '../../verb.ts';
import { history } from './history.ts';
import { pause, restart, resume } from './pause.ts';
import { status } from './status.ts';
import { undo } from './undo.ts';

export const rollout: Verb = {
  name: 'rollout',
  usage: 'SUBCOMMAND',
  summary: 'Manage the rollout of a resource',
  examples: [
    { why: 'Wait until a rollout is done', line: 'kubectl rollout status deployment/web' },
    { why: 'Go back to the revision before', line: 'kubectl rollout undo deployment/web' },
  ],
  flags: [],
  verbs: [history, pause, restart, resume, status, undo],
};
