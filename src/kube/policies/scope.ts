// What the expressions of a policy may name, with types. Models apiserver/pkg/admission/plugin/cel/{compile,composition}.go.
import { CelMistake, compileCel } from '../cel/compile.ts';
import type { Scope } from '../cel/scope.ts';
import { BOOL, type CelType, DYN, listOf, mapOf, objectOf, plain, STRING, TIMESTAMP } from '../cel/types.ts';
import type { NamedExpression, PolicySpec } from './policy.ts';

const GVK = objectOf('kubernetes.GroupVersionKind', { group: STRING, version: STRING, kind: STRING });
const GVR = objectOf('kubernetes.GroupVersionResource', { group: STRING, version: STRING, resource: STRING });
const USER = objectOf('kubernetes.UserInfo', {
  username: STRING,
  uid: STRING,
  groups: listOf(STRING),
  extra: mapOf(STRING, listOf(STRING)),
});

const REQUEST = objectOf('kubernetes.AdmissionRequest', {
  uid: STRING,
  kind: GVK,
  resource: GVR,
  subResource: STRING,
  requestKind: GVK,
  requestResource: GVR,
  requestSubResource: STRING,
  name: STRING,
  namespace: STRING,
  operation: STRING,
  userInfo: USER,
  dryRun: BOOL,
  options: DYN,
});

const NAMESPACE = objectOf('kubernetes.Namespace', {
  metadata: objectOf('kubernetes.NamespaceMetadata', {
    name: STRING,
    generateName: STRING,
    namespace: STRING,
    labels: mapOf(STRING, STRING),
    annotations: mapOf(STRING, STRING),
    UID: STRING,
    creationTimestamp: TIMESTAMP,
    deletionGracePeriodSeconds: plain('int'),
    deletionTimestamp: TIMESTAMP,
    generation: plain('int'),
    resourceVersion: STRING,
    finalizers: listOf(STRING),
  }),
  spec: objectOf('kubernetes.NamespaceSpec', { finalizers: listOf(STRING) }),
  status: objectOf('kubernetes.NamespaceStatus', { phase: STRING }),
});

const AUTHORIZER = plain('kubernetes.authorization.Authorizer');

/** The types of the objects; any type unless they are known. */
interface Typed {
  readonly object?: CelType;
  readonly params?: CelType;
}

/** The scope of a policy, its variables added in their order; one that does not compile is of any type. */
export function scopeOfPolicy({ paramKind, variables = [] }: PolicySpec, typed: Typed = {}): Scope {
  const { object = DYN, params = DYN } = typed;
  const names: Record<string, CelType> = {
    object,
    oldObject: object,
    request: REQUEST,
    namespaceObject: NAMESPACE,
    authorizer: AUTHORIZER,
    ...(paramKind ? { params } : {}),
  };
  const own: Record<string, CelType> = {};
  if (variables.length > 0) names['variables'] = objectOf('kubernetes.variables', own);
  const scope: Scope = { typeOf: (name) => (Object.hasOwn(names, name) ? names[name] : undefined), objectNamed };
  for (const variable of variables) own[variable.name] = typeOfVariable(variable, scope);
  return scope;
}

function typeOfVariable({ expression }: NamedExpression, scope: Scope): CelType {
  try {
    return compileCel(expression, scope).type;
  } catch (error) {
    if (error instanceof CelMistake) return DYN;
    throw error;
  }
}

const JSON_PATCH = objectOf('JSONPatch', { op: STRING, path: STRING, from: STRING, value: DYN });

/** `Object{…}`, `Object.spec{…}` and `JSONPatch{…}`, which mutations make. */
function objectNamed(name: string): CelType | undefined {
  if (name === 'JSONPatch') return JSON_PATCH;
  return name === 'Object' || name.startsWith('Object.') ? { kind: 'object', name, fieldOf: () => DYN } : undefined;
}
