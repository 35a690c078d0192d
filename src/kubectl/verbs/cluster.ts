// kubectl version, cluster-info and api-versions: small words about the server.
import { kindsOf } from '../../kube/custom/served.ts';
import { goJson } from '../../kube/goText.ts';
import { toYaml } from '../../kube/yamlText.ts';
import { CommandError } from '../errors.ts';
import { out, type Verb } from '../verb.ts';
import { clientVersion, KUSTOMIZE_VERSION, serverVersion } from '../versions.ts';
import { refused } from './refused.ts';

export const version: Verb = {
  name: 'version',
  usage: '[--client] [-o json|yaml]',
  summary: 'Print the client and server version information',
  flags: [
    { name: 'client', type: 'bool', help: 'Only the version of kubectl.' },
    { name: 'output', short: 'o', type: 'string', help: "One of 'yaml' or 'json'." },
  ],
  *run(args) {
    const isWithServer = !args.isOn('client');
    const told = { clientVersion, kustomizeVersion: KUSTOMIZE_VERSION, ...(isWithServer ? { serverVersion } : {}) };
    const output = args.text('output');
    if (output === 'json') yield out(goJson(told, 2));
    else if (output === 'yaml') yield { type: 'stdout', text: toYaml(told) };
    else if (output) throw new CommandError("--output must be 'yaml' or 'json'");
    else {
      yield out(`Client Version: ${clientVersion.gitVersion}\nKustomize Version: ${KUSTOMIZE_VERSION}`);
      if (isWithServer) yield out(`Server Version: ${serverVersion.gitVersion}`);
    }
    return 0;
  },
};

export const clusterInfo: Verb = {
  name: 'cluster-info',
  usage: '',
  summary: 'Display cluster information',
  flags: [],
  verbs: [
    refused(
      'dump',
      'Dump relevant information for debugging and diagnosis',
      'there are no files here to dump a cluster into; kubectl get all,events -A -o yaml prints the most of it',
    ),
  ],
  *run() {
    yield out('Kubernetes control plane is running at https://127.0.0.1:6443');
    yield out("\nTo further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.");
    return 0;
  },
};

export const apiVersions: Verb = {
  name: 'api-versions',
  usage: '',
  summary: 'Print the supported API versions on the server, in the form of "group/version"',
  flags: [],
  *run(_args, ctx) {
    const versions = kindsOf(ctx.client.snapshot()).all.flatMap((kind) =>
      [kind, ...(kind.otherVersions ?? [])].map(({ apiVersion }) => apiVersion),
    );
    yield out([...new Set(versions)].sort().join('\n'));
    return 0;
  },
};
