// What whoever asks may do. Models apiserver/pkg/cel/library/authz.go.
import type { Attributes } from '../../rbac.ts';
import { type Library, overloads } from '../overload.ts';
import { Opaque } from '../value.ts';

/** Why somebody may do something, in the server's words; undefined where nothing allows it. */
export type Ask = (asked: Attributes, serviceAccount?: { readonly namespace: string; readonly name: string }) => string | undefined;

interface Question {
  readonly ask: Ask;
  readonly asked: Omit<Attributes, 'verb'>;
}

const AUTHORIZER = 'kubernetes.authorization.Authorizer';
const RESOURCE = 'kubernetes.authorization.ResourceCheck';

export const authorizerOf = (ask: Ask, requestResource: Omit<Attributes, 'verb'>): Opaque =>
  new Opaque(AUTHORIZER, { ask, requestResource: new Opaque(RESOURCE, { ask, asked: requestResource }) });

/** The one field of an authorizer: the question about the request itself. */
export function requestResourceOf({ value }: Opaque): unknown {
  return (value as { readonly requestResource?: Opaque }).requestResource;
}

const question = ({ value }: Opaque): Question => value as Question;
const askOf = ({ value }: Opaque): Ask => (value as Question).ask;

/** The same question about one thing more. */
const narrowed = (type: string, field: string) => (on: Opaque, word: string) =>
  new Opaque(`kubernetes.authorization.${type}`, { ask: askOf(on), asked: { ...question(on).asked, [field]: word } });

const asServiceAccount = (on: Opaque, namespace: string, name: string) =>
  new Opaque(AUTHORIZER, { ask: ((asked) => askOf(on)(asked, { namespace, name })) satisfies Ask });

function check(on: Opaque, verb: string): Opaque {
  const { ask, asked } = question(on);
  return new Opaque('kubernetes.authorization.Decision', ask({ ...asked, verb }) ?? null);
}

export const authorizers: Library = {
  path: overloads(['Authorizer.(string) PathCheck', narrowed('PathCheck', 'path')]),
  group: overloads(['Authorizer.(string) GroupCheck', narrowed('GroupCheck', 'group')]),
  serviceAccount: overloads(['Authorizer.(string, string) Authorizer', asServiceAccount]),
  resource: overloads(['GroupCheck.(string) ResourceCheck', narrowed('ResourceCheck', 'resource')]),
  subresource: overloads(['ResourceCheck.(string) ResourceCheck', narrowed('ResourceCheck', 'subresource')]),
  namespace: overloads(['ResourceCheck.(string) ResourceCheck', narrowed('ResourceCheck', 'namespace')]),
  name: overloads(['ResourceCheck.(string) ResourceCheck', narrowed('ResourceCheck', 'name')]),
  check: overloads(['PathCheck.(string) Decision', check], ['ResourceCheck.(string) Decision', check]),
  allowed: overloads(['Decision.() bool', ({ value }: Opaque) => value !== null]),
  reason: overloads(['Decision.() string', ({ value }: Opaque) => (value as string | null) ?? '']),
  errored: overloads(['Decision.() bool', () => false]),
  error: overloads(['Decision.() string', () => '']),
};
