// kubectl version, cluster-info and api-versions: small words about the server.
import { kinds } from '../../kube/kinds/index.ts';
import { out, type Verb } from '../verb.ts';

/** What this cluster behaves as. */
const CLIENT_VERSION = 'v1.36.4';
const SERVER_VERSION = 'v1.36.2';
const KUSTOMIZE_VERSION = 'v5.8.1';

export const version: Verb = {
  name: 'version',
  usage: '[--client]',
  summary: 'Print the client and server version information',
  flags: [{ name: 'client', type: 'bool', help: 'Only the version of kubectl.' }],
  *run(args) {
    yield out(`Client Version: ${CLIENT_VERSION}\nKustomize Version: ${KUSTOMIZE_VERSION}`);
    if (!args.isOn('client')) yield out(`Server Version: ${SERVER_VERSION}`);
    return 0;
  },
};

export const clusterInfo: Verb = {
  name: 'cluster-info',
  usage: '',
  summary: 'Display cluster information',
  flags: [],
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
  *run() {
    yield out([...new Set(kinds.map(({ apiVersion }) => apiVersion))].sort().join('\n'));
    return 0;
  },
};
