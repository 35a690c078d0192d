// The registry of verbs, with their help and their completion: adding one is a file and a word here.
import type { Verb } from '../verb.ts';
import { annotate } from './annotate.ts';
import { apiResources } from './apiResources.ts';
import { apply } from './apply.ts';
import { attach } from './attach.ts';
import { auth } from './auth.ts';
import { autoscale } from './autoscale.ts';
import { certificate } from './certificate.ts';
import { apiVersions, clusterInfo, version } from './cluster.ts';
import { config } from './config.ts';
import { cordon, uncordon } from './cordon.ts';
import { cp } from './cp.ts';
import { create } from './create.ts';
import { debug } from './debug.ts';
import { deleteVerb } from './delete.ts';
import { describe } from './describe.ts';
import { diff } from './diff.ts';
import { drain } from './drain.ts';
import { edit } from './edit.ts';
import { events } from './events.ts';
import { exec } from './exec.ts';
import { explain } from './explain.ts';
import { expose } from './expose.ts';
import { get } from './get.ts';
import { label } from './label.ts';
import { logs } from './logs.ts';
import { patch } from './patch.ts';
import { completion, kustomize, plugin, portForward, proxy } from './refused.ts';
import { replace } from './replace.ts';
import { rollout } from './rollout/index.ts';
import { run } from './run.ts';
import { scale } from './scale.ts';
import { set } from './set/index.ts';
import { taint } from './taint.ts';
import { top } from './top.ts';
import { wait } from './wait.ts';

/** The verbs as `kubectl --help` groups them. */
export const verbGroups: readonly { readonly title: string; readonly verbs: readonly Verb[] }[] = [
  { title: 'Basic Commands (Beginner)', verbs: [create, expose, run, set] },
  { title: 'Basic Commands (Intermediate)', verbs: [explain, get, edit, deleteVerb] },
  { title: 'Deploy Commands', verbs: [rollout, scale, autoscale] },
  { title: 'Cluster Management Commands', verbs: [certificate, clusterInfo, top, cordon, uncordon, drain, taint] },
  {
    title: 'Troubleshooting and Debugging Commands',
    verbs: [describe, logs, attach, exec, portForward, proxy, cp, auth, debug, events],
  },
  { title: 'Advanced Commands', verbs: [diff, apply, patch, replace, wait, kustomize] },
  { title: 'Settings Commands', verbs: [label, annotate, completion] },
  { title: 'Other Commands', verbs: [apiResources, apiVersions, config, plugin, version] },
];

export const verbs: readonly Verb[] = verbGroups.flatMap((group) => group.verbs);
