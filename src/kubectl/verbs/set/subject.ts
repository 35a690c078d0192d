// kubectl set subject: more users, groups and service accounts for a role binding. Models kubectl/pkg/cmd/set/set_subject.go.
import { isEqual } from '../../../base/equal.ts';
import type { KubeObject } from '../../../kube/meta.ts';
import type { Subject } from '../../../kube/rbac.ts';
import { CommandError, throwAll } from '../../errors.ts';
import { isWithFiles } from '../../files.ts';
import { subjectFlags, subjectsOf } from '../../generators/access.ts';
import type { Verb } from '../../verb.ts';
import { attempt, reporterOf, sendingOf, sendPatch } from '../../writing.ts';
import { setFlags, targetsOf } from './template.ts';

export const setSubject: Verb = {
  name: 'subject',
  usage: '(-f FILENAME | TYPE NAME) [--user=username] [--group=groupname] [--serviceaccount=namespace:serviceaccountname]',
  summary: 'Update the user, group, or service account in a role binding or cluster role binding',
  examples: [
    { why: 'One service account more', line: 'kubectl set subject clusterrolebinding admin --serviceaccount=default:builder' },
    { why: 'A user and a group more', line: 'kubectl set subject rolebinding admin --user=user1 --group=group1' },
  ],
  flags: [...setFlags, ...subjectFlags],

  *run(args, ctx) {
    if (args.isOn('all') && args.text('selector')) throw new CommandError('cannot set --all and --selector at the same time');
    const added = subjectsOf(args);
    if (added.length === 0) throw new CommandError('you must specify at least one value of user, group or serviceaccount');
    if (args.words.length === 0 && !isWithFiles(args))
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    const dryRun = sendingOf(args);
    const report = reporterOf(args);
    const errors: Error[] = [];
    for (const target of targetsOf(args, ctx, args.words)) {
      const changed = attempt(errors, () => {
        if (!target.kind.kind.endsWith('RoleBinding'))
          throw new CommandError('setting subjects is only supported for RoleBinding/ClusterRoleBinding');
        const { subjects: old = [] } = target.object as KubeObject & { readonly subjects?: readonly Subject[] };
        const subjects = [...old, ...added.filter((each) => !old.some((one) => isEqual(one, each)))];
        if (subjects.length === old.length) throw new CommandError(`info: ${target.kind.plural} "${target.name}" was not changed`);
        return dryRun === 'client' ? ({ ...target.object, subjects } as KubeObject) : sendPatch(target, { subjects }, 'merge', ctx, dryRun);
      });
      if (changed) yield report(changed, 'subjects updated');
    }
    throwAll(errors);
    return 0;
  },
};
