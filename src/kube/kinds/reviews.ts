// Kinds that are questions: they are sent to be answered and never kept. What may be done, and who is asking.
// Models pkg/registry/{authorization,authentication}. Whoever sits here is the administrator.
import type { Kind } from '../kind.ts';
import type { KubeObject } from '../meta.ts';
import { type Attributes, userNamed, whyAllowed } from '../rbac.ts';
import { nameColumn } from './columns.ts';

interface AccessReview extends KubeObject {
  readonly spec?: {
    readonly resourceAttributes?: Attributes & { readonly version?: string };
    readonly nonResourceAttributes?: { readonly verb: string; readonly path: string };
    readonly user?: string;
    readonly groups?: readonly string[];
  };
}

/** Who asks. */
export const ADMIN = { name: 'admin', groups: ['system:masters', 'system:authenticated'] } as const;

type Answer = NonNullable<Kind['answer']>;

const answerAccess: Answer = (object, world) => {
  const { resourceAttributes, nonResourceAttributes, user, groups } = (object as AccessReview).spec ?? {};
  const who = object.kind.startsWith('Self') ? ADMIN : userNamed(user ?? '', groups);
  const why = whyAllowed(world, who, resourceAttributes ?? nonResourceAttributes ?? { verb: '' });
  return { ...object, status: why === undefined ? { allowed: false } : { allowed: true, ...(why ? { reason: why } : {}) } };
};

const answerRules: Answer = (object) => ({
  ...object,
  status: {
    incomplete: false,
    nonResourceRules: [{ nonResourceURLs: ['*'], verbs: ['*'] }],
    resourceRules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }],
  },
});

const answerWho: Answer = (object) => ({ ...object, status: { userInfo: { groups: ADMIN.groups, username: ADMIN.name } } });

const answerToken: Answer = (object) => ({ ...object, status: { error: 'invalid bearer token', user: {} } });

function review(group: string, kind: string, answer: Answer, namespaced = false): Kind {
  const singular = kind.toLowerCase();
  return {
    kind,
    apiVersion: `${group}/v1`,
    plural: `${singular}s`,
    singular,
    shortNames: [],
    namespaced,
    hasStatus: false,
    hasGeneration: false,
    isSimulated: true,
    verbs: ['create'],
    answer,
    columns: [nameColumn],
  };
}

export const reviewKinds: readonly Kind[] = [
  review('authorization.k8s.io', 'SubjectAccessReview', answerAccess),
  review('authorization.k8s.io', 'LocalSubjectAccessReview', answerAccess, true),
  review('authorization.k8s.io', 'SelfSubjectAccessReview', answerAccess),
  review('authorization.k8s.io', 'SelfSubjectRulesReview', answerRules),
  review('authentication.k8s.io', 'SelfSubjectReview', answerWho),
  review('authentication.k8s.io', 'TokenReview', answerToken),
];
