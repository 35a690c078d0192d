// Verbs of kubectl that need what this world does not have: they say so instead of being unknown.
import { CommandError } from '../errors.ts';
import type { Verb } from '../verb.ts';

/** A verb that is known and only says why it cannot be run. Its flags are not read. */
export function refused(name: string, summary: string, why: string): Verb {
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

export const portForward = refused(
  'port-forward',
  'Forward one or more local ports to a pod',
  'this cluster has no network that your machine could reach: no port can be forwarded',
);
export const proxy = refused(
  'proxy',
  'Run a proxy to the Kubernetes API server',
  'this API server lives in this page: there is nothing to make a proxy to',
);
export const completion = refused(
  'completion',
  'Output shell completion code for the specified shell (bash, zsh, fish, or powershell)',
  'this terminal completes by itself: press Tab',
);
export const plugin = refused(
  'plugin',
  'Provides utilities for interacting with plugins',
  'unable to find any kubectl plugins in your PATH',
);
export const kustomize = refused(
  'kustomize',
  'Build a kustomization target from a directory or URL',
  'there are no files here to build from; paste the manifests that kustomize prints',
);
