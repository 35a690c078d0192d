// kubectl rollout history: the revisions of a rollout, or the template of one of them.
// Models kubectl/pkg/cmd/rollout/rollout_history.go and polymorphichelpers/history.go.
import { groupOf, type Kind, qualifiedKind } from '../../../kube/kind.ts';
import type { Deployment } from '../../../kube/kinds/deployment.ts';
import type { PodTemplateSpec } from '../../../kube/kinds/pod.ts';
import { controllerOf, type KubeObject, type Snapshot, tableOf } from '../../../kube/meta.ts';
import { describePodTemplate } from '../../describe/containers.ts';
import { Page } from '../../describe/page.ts';
import { replicaSetsOf } from '../../describe/workloads.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { listOf } from '../../output.ts';
import { printerFor } from '../../printers.ts';
import { findResources, nameOf } from '../../resources.ts';
import { align, DESCRIPTION } from '../../tabwriter.ts';
import { filenameFlag, outputFlag, selectorFlag, type Verb } from '../../verb.ts';

const CHANGE_CAUSE = 'kubernetes.io/change-cause';
const REVISION = 'deployment.kubernetes.io/revision';

interface Revision {
  readonly number: number;
  readonly changeCause: string;
  readonly template: PodTemplateSpec;
  /** What -o prints of it: the ReplicaSet, or the owner as it was. */
  readonly object: KubeObject;
}

export const history: Verb = {
  name: 'history',
  usage: '(TYPE NAME | TYPE/NAME) [flags]',
  summary: 'View rollout history',
  examples: [
    { why: 'The revisions of a deployment', line: 'kubectl rollout history deployment/web' },
    { why: 'The template of one of them', line: 'kubectl rollout history deployment/web --revision=2' },
  ],
  flags: [
    filenameFlag,
    selectorFlag,
    outputFlag,
    { name: 'revision', type: 'int', default: '0', help: 'Show the template of this revision.' },
  ],

  *run(args, ctx) {
    if (args.words.length === 0 && !args.has('filename')) throw new CommandError('required resource not specified');
    const wanted = args.number('revision');
    if (wanted < 0) throw new CommandError(`revision must be a positive integer: ${wanted}`);
    const { targets, errors } = findResources(args, ctx, { isListAllowed: true });
    for (const { kind, object, name } of targets) {
      const revisions = revisionsOf(object, ctx.client.snapshot());
      if (!revisions) throw withoutHistory(kind);
      const found = wanted > 0 ? revisions.filter(({ number }) => number === wanted) : revisions;
      if (wanted > 0 && revisions.length > 0 && found.length === 0) throw new CommandError('unable to find the specified revision');
      if (args.has('output')) {
        const objects = found.map((revision) => revision.object);
        yield { type: 'stdout', text: printerFor(args.text('output'))(objects.length === 1 && objects[0] ? objects[0] : listOf(objects)) };
        continue;
      }
      const head = `${nameOf(kind, name)} ${wanted > 0 ? `with revision #${wanted}` : ''}`;
      yield { type: 'stdout', text: `${head}\n${textOf(found, wanted)}\n` };
    }
    throwAll(errors);
    return 0;
  },
};

/** Kinds that kubectl knows as workloads, though it keeps no history of them. */
const WITHOUT_HISTORY = ['CronJob', 'Job', 'Pod', 'ReplicaSet', 'ReplicationController'];

function withoutHistory(kind: Kind): CommandError {
  const name = qualifiedKind(kind);
  if (WITHOUT_HISTORY.includes(tableOf(kind))) return new CommandError(`no history viewer has been implemented for "${name}"`);
  return new CommandError(
    `error retrieving history for "${name}", no visitor method exists for {${groupOf(kind.apiVersion)} ${kind.kind}}`,
  );
}

function textOf(revisions: readonly Revision[], wanted: number): string {
  if (revisions.length === 0) return 'No rollout history found.';
  if (wanted > 0) {
    const page = new Page();
    describePodTemplate((revisions[0] as Revision).template, page);
    // kubectl does not align this one: its tabs reach the terminal.
    return page.raw;
  }
  const lines = revisions.map(({ number, changeCause }) => `${number}\t${changeCause || '<none>'}\n`);
  return align(`REVISION\tCHANGE-CAUSE\n${lines.join('')}`, DESCRIPTION);
}

/** The revisions that an object keeps, oldest first; undefined for kinds without a history. */
function revisionsOf(object: KubeObject, snapshot: Snapshot): Revision[] | undefined {
  const revisions =
    object.kind === 'Deployment'
      ? deploymentRevisions(object as Deployment, snapshot)
      : object.kind === 'DaemonSet' || object.kind === 'StatefulSet'
        ? controllerRevisions(object, snapshot)
        : undefined;
  return revisions?.sort((a, b) => a.number - b.number);
}

function deploymentRevisions(deployment: Deployment, snapshot: Snapshot): Revision[] {
  const { newSet, oldSets } = replicaSetsOf(deployment, { snapshot });
  const byNumber = new Map<number, Revision>();
  for (const set of newSet ? [...oldSets, newSet] : oldSets) {
    const { metadata, spec } = set;
    const number = Number(metadata.annotations?.[REVISION] ?? 0);
    const changeCause = metadata.annotations?.[CHANGE_CAUSE] ?? '';
    const annotations = changeCause
      ? { ...spec.template.metadata?.annotations, [CHANGE_CAUSE]: changeCause }
      : spec.template.metadata?.annotations;
    const template = { ...spec.template, metadata: { ...spec.template.metadata, ...(annotations ? { annotations } : {}) } };
    byNumber.set(number, { number, changeCause, template, object: set });
  }
  return [...byNumber.values()];
}

interface ControllerRevision extends KubeObject {
  readonly revision: number;
  readonly data?: { readonly spec?: { readonly template?: PodTemplateSpec } };
}

function controllerRevisions(owner: KubeObject, snapshot: Snapshot): Revision[] {
  const own = (snapshot.list('ControllerRevision') as readonly ControllerRevision[]).filter(
    (revision) => controllerOf(revision)?.uid === owner.metadata.uid,
  );
  return own.map(({ revision, metadata, data }) => {
    const template = data?.spec?.template ?? (owner.spec as { readonly template: PodTemplateSpec }).template;
    const object = { ...owner, spec: { ...(owner.spec as object), template } };
    return { number: revision, changeCause: metadata.annotations?.[CHANGE_CAUSE] ?? '', template, object };
  });
}
