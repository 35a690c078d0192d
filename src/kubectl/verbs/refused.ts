// Verbs of kubectl that need what this world does not have: they say so instead of being unknown.
import { CommandError } from '../errors.ts';
import type { Verb } from '../verb.ts';

/** A verb that is known and only says why it cannot be run. Its flags are not read. */
function refused(name: string, summary: string, why: string): Verb {
  return {
    name,
    usage: '',
    summary,
    flags: [],
    isTakingAnyFlags: true,
    run() {
      throw new CommandError(why);
    },
  };
}

const INSIDE = 'the inside of containers is not simulated yet';

export const refusedVerbs: readonly Verb[] = [
  refused('attach', 'Attach to a running container', `${INSIDE}: there is no process to attach to`),
  refused('cp', 'Copy files and directories to and from containers', `${INSIDE}: there are no files to copy`),
  refused('debug', 'Create debugging sessions for troubleshooting workloads and nodes', `${INSIDE}: there is nothing to look into`),
  refused(
    'port-forward',
    'Forward one or more local ports to a pod',
    'this cluster has no network that your machine could reach: no port can be forwarded',
  ),
  refused('proxy', 'Run a proxy to the Kubernetes API server', 'this API server lives in this page: there is nothing to make a proxy to'),
  refused('top', 'Display resource (CPU/memory) usage', 'Metrics API not available'),
  refused('config', 'Modify kubeconfig files', 'there is one cluster here and no kubeconfig file'),
  refused('certificate', 'Modify certificate resources', 'requests are not authenticated here: there are no certificates'),
  refused('plugin', 'Provides utilities for interacting with plugins', 'there are no plugins here'),
  refused('kustomize', 'Build a kustomization target', 'there are no files here to build from; paste the manifests that kustomize prints'),
];
