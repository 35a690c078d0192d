// kubectl config: what a kubeconfig file for this cluster would say. Models kubectl/pkg/cmd/config. There is one cluster, one user and
// no file: what would change it is refused.

import { goJson } from '../../kube/goText.ts';
import { toYaml } from '../../kube/manifest.ts';
import { CommandError } from '../errors.ts';
import { alignTable } from '../table.ts';
import { out, outputFlag, type Verb } from '../verb.ts';
import { refused } from './refused.ts';

const CLUSTER = 'podarium';
const USER = 'admin';
const CONTEXT = `${USER}@${CLUSTER}`;

const kubeconfig = {
  apiVersion: 'v1',
  clusters: [{ cluster: { server: 'https://127.0.0.1:6443' }, name: CLUSTER }],
  contexts: [{ context: { cluster: CLUSTER, user: USER }, name: CONTEXT }],
  'current-context': CONTEXT,
  kind: 'Config',
  users: [{ name: USER, user: {} }],
};

const view: Verb = {
  name: 'view',
  usage: '[flags]',
  summary: 'Display merged kubeconfig settings',
  flags: [
    outputFlag,
    { name: 'minify', type: 'bool', help: 'Accepted: there is one context.' },
    { name: 'raw', type: 'bool', help: 'Accepted: nothing is secret here.' },
    { name: 'flatten', type: 'bool', help: 'Accepted.' },
  ],
  *run(args) {
    const output = args.text('output') || 'yaml';
    if (output !== 'yaml' && output !== 'json') throw new CommandError(`-o ${output} is not part of this command here; use yaml or json`);
    yield { type: 'stdout', text: output === 'json' ? `${goJson(kubeconfig, 4)}\n` : toYaml(kubeconfig) };
    return 0;
  },
};

/** A sub-command that prints lines. */
function said(name: string, summary: string, text: () => string, aliases?: readonly string[]): Verb {
  return {
    name,
    ...(aliases ? { aliases } : {}),
    usage: 'SUBCOMMAND',
    summary,
    flags: [outputFlag, { name: 'no-headers', type: 'bool', help: 'Accepted.' }],
    *run() {
      yield out(text());
      return 0;
    },
  };
}

const table =
  (...lines: readonly string[]) =>
  () =>
    alignTable(lines).trimEnd();

const useContext: Verb = {
  name: 'use-context',
  aliases: ['use'],
  usage: 'CONTEXT_NAME',
  summary: 'Set the current-context in a kubeconfig file',
  flags: [],
  *run(args) {
    const [name = ''] = args.words;
    if (name !== CONTEXT) throw new CommandError(`no context exists with the name: "${name}"`);
    yield out(`Switched to context "${CONTEXT}".`);
    return 0;
  },
};

const NO_FILE = 'there is one cluster here and no kubeconfig file to change';

export const config: Verb = {
  name: 'config',
  usage: 'SUBCOMMAND',
  summary: 'Modify kubeconfig files',
  flags: [],
  verbs: [
    said('current-context', 'Display the current-context', () => CONTEXT),
    said('get-clusters', 'Display clusters defined in the kubeconfig', table('NAME', CLUSTER)),
    said(
      'get-contexts',
      'Describe one or many contexts',
      table('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE', `*\t${CONTEXT}\t${CLUSTER}\t${USER}\t`),
    ),
    said('get-users', 'Display users defined in the kubeconfig', table('NAME', USER)),
    refused('set-cluster', 'Set a cluster entry in kubeconfig', NO_FILE),
    refused('set-context', 'Set a context entry in kubeconfig', `${NO_FILE}; give every command its namespace with -n`),
    refused('set-credentials', 'Set a user entry in kubeconfig', NO_FILE),
    useContext,
    view,
  ],
};
