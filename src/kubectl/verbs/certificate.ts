// kubectl certificate: says whether a request for a certificate may be signed. Models kubectl/pkg/cmd/certificates/certificates.go.
// Limitation: nothing signs here, so an approved request gets no certificate.
import { nameInRequests } from '../../kube/kindTable.ts';
import { type Condition, type KubeObject, toTimestamp } from '../../kube/meta.ts';
import { CommandError, throwAll } from '../errors.ts';
import { findResources, namedPairs, type Target } from '../resources.ts';
import { allFlag, outputFlag, selectorFlag, type Verb, type VerbContext } from '../verb.ts';
import { reporterOf } from '../writing.ts';

interface SigningRequest extends KubeObject {
  readonly status?: { readonly conditions?: readonly (Condition & { readonly lastUpdateTime?: string })[] };
}

const TYPES = ['Approved', 'Denied'];

function deciding(name: string, type: 'Approved' | 'Denied', reason: string, done: string): Verb {
  const condition = { type, status: 'True', reason, message: `This CSR was ${done} by kubectl certificate ${name}.` } as const;
  return {
    name,
    usage: '(-f FILENAME | NAME)',
    summary: `${name === 'approve' ? 'Approve' : 'Deny'} a certificate signing request`,
    examples: [{ why: `The request of myuser`, line: `kubectl certificate ${name} myuser` }],
    flags: [selectorFlag, allFlag, outputFlag, { name: 'force', type: 'bool', help: 'Update the request even if it is decided already.' }],
    complete: (_words, snapshot) => snapshot.list('CertificateSigningRequest').map(({ metadata }) => metadata.name),
    *run(args, ctx) {
      if (args.words.length === 0 && !args.text('selector') && !args.isOn('all'))
        throw new CommandError('one or more CSRs must be specified as <name> or -f <filename>');
      const words = args.words.length === 0 ? ['csr'] : args.words.map((word) => (word.includes('/') ? word : `csr/${word}`));
      namedPairs(words, ctx);
      const { targets, errors } = findResources(args, ctx, { words });
      const report = reporterOf(args, { isSayingDryRun: false });
      for (const target of targets) yield report(decided(target, condition, args.isOn('force'), ctx), done);
      throwAll(errors);
      return 0;
    },
  };
}

/** The request with the decision, which stands for ever. */
function decided(
  { kind, name, object }: Target,
  condition: Omit<Condition, 'lastTransitionTime'>,
  isForced: boolean,
  ctx: VerbContext,
): KubeObject {
  const conditions = (object as SigningRequest).status?.conditions ?? [];
  const other = conditions.find(({ type }) => TYPES.includes(type) && type !== condition.type);
  if (other && !isForced) throw new CommandError(`certificate signing request "${name}" is already ${other.type}`);
  if (conditions.some(({ type }) => type === condition.type) && !isForced) return object;
  const now = toTimestamp(ctx.client.nowMs);
  const added = { ...condition, lastUpdateTime: now, lastTransitionTime: now };
  const patch = { status: { conditions: [...conditions.filter(({ type }) => type !== condition.type), added] } };
  return ctx.client.request({
    verb: 'patch',
    kind: nameInRequests(kind),
    namespace: undefined,
    name,
    type: 'merge',
    patch,
    subresource: 'status',
  });
}

export const certificate: Verb = {
  name: 'certificate',
  usage: 'SUBCOMMAND',
  summary: 'Modify certificate resources',
  flags: [],
  verbs: [deciding('approve', 'Approved', 'KubectlApprove', 'approved'), deciding('deny', 'Denied', 'KubectlDeny', 'denied')],
};
