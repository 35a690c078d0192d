// Which objects a command means: `pods`, `po,svc`, `pod/x deploy/y`, `deploy web api`, with -l, --field-selector, --all, -A.
// Models cli-runtime/pkg/resource/builder.go with its error texts; manifests (-f) are manifests.ts.
import { kindsOf } from '../kube/custom/served.ts';
import { ApiError, NOT_ALLOWED } from '../kube/errors.ts';
import { groupOf, isCustom, type Kind, resourceName, verbsOf } from '../kube/kind.ts';
import { type KubeObject, keyFor, keyOf, tableOf } from '../kube/meta.ts';
import { derivedObjects } from './derived.ts';
import { CommandError } from './errors.ts';
import { manifestTargets } from './manifests.ts';
import type { ParsedArgs } from './parse.ts';
import { selectorFilter } from './selectors.ts';
import type { VerbContext } from './verb.ts';

/** One object that a command acts on. */
export interface Target {
  readonly kind: Kind;
  readonly namespace: string | undefined;
  readonly name: string;
  /** As it stands on the server. */
  readonly object: KubeObject;
}

export interface Found {
  readonly targets: readonly Target[];
  /** What was named and is not there, in the order of naming. The command goes on with the rest and ends with these. */
  readonly errors: readonly Error[];
  /** The kinds that were asked for, in order. */
  readonly kinds: readonly Kind[];
  /** Whether one object was asked for by its name: it is printed by itself, not in a list. */
  readonly isSingle: boolean;
  /** Whether objects were named, rather than listed. */
  readonly isNamed: boolean;
}

/** The kind that a word means, or kubectl's refusal. */
export function mustFindKind(word: string, ctx: VerbContext): Kind {
  const kinds = kindsOf(ctx.client.snapshot());
  const kind = kinds.findWord(word);
  if (!kind) throw new CommandError(`the server doesn't have a resource type "${word}"`);
  for (const other of kinds.othersOfShortName(word))
    ctx.warn(`short name ${JSON.stringify(word)} could also match lower priority resource ${other}`);
  return kind;
}

/** `deployment.apps/web`, `pod/x`: how kubectl names an object it acted on. */
export function nameOf(kind: Pick<Kind, 'apiVersion' | 'kind'>, name: string): string {
  const group = groupOf(kind.apiVersion);
  return `${kind.kind.toLowerCase()}${group ? `.${group}` : ''}/${name || '<unknown>'}`;
}

/** The namespace an object of this kind has in this command. */
export function namespaceOf(kind: Kind, ctx: VerbContext): string | undefined {
  return kind.namespaced ? ctx.namespace : undefined;
}

export function notFound(kind: Kind, name: string): ApiError {
  return new ApiError('NotFound', `${resourceName(kind)} "${name}" not found`);
}

/** Questions can only be asked: nothing of them is kept to be read. */
function mustBeAllowed(verb: string, kind: Kind): void {
  if (!verbsOf(kind).includes(verb)) throw new ApiError('MethodNotAllowed', NOT_ALLOWED);
}

/** One object as it stands, in the version of the kind; undefined where it is not there. */
export function objectOf(kind: Kind, namespace: string | undefined, name: string, { client }: VerbContext): KubeObject | undefined {
  const table = tableOf(kind);
  const key = keyFor(table, kind.namespaced ? namespace : undefined, name);
  const kept = client.snapshot().get(table, key) ?? derivedObjects(table, client).find((each) => keyOf(each) === key);
  return kept && asServed(kept, kind);
}

/** An object as a server tells it in the version of the kind. */
export const asServed = (kept: KubeObject, { read }: Kind): KubeObject => read?.(kept) ?? kept;

/** One object as it stands. Throws NotFound. */
export function getObject(kind: Kind, namespace: string | undefined, name: string, ctx: VerbContext): KubeObject {
  mustBeAllowed('get', kind);
  const object = objectOf(kind, namespace, name, ctx);
  if (!object) throw notFound(kind, name);
  return object;
}

/** What a server lists: by namespace and name, as its store orders keys. */
export function listObjects(kind: Kind, namespace: string | undefined, ctx: VerbContext): KubeObject[] {
  mustBeAllowed('list', kind);
  const table = tableOf(kind);
  const objects = [...ctx.client.snapshot().list(table), ...derivedObjects(table, ctx.client)];
  const mine = kind.namespaced && namespace !== undefined ? objects.filter((each) => each.metadata.namespace === namespace) : objects;
  return mine
    .map((object) => ({ object, key: `${object.metadata.namespace ?? ''}/${object.metadata.name}` }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ object }) => asServed(object, kind));
}

export interface FindOptions {
  /** `--all` or a bare type means every object of the type: get and describe. */
  readonly isListAllowed?: boolean;
  /** Words that were taken off before (the arguments that name no resources). */
  readonly words?: readonly string[];
}

/** Finds what the words and the flags --selector, --field-selector, --all, --all-namespaces mean. Throws for a wrong way to ask. */
export function findResources(args: ParsedArgs, ctx: VerbContext, options: FindOptions = {}): Found {
  const words = options.words ?? args.words;
  const isAllNamespaces = args.isOn('all-namespaces');
  if (args.isOn('local')) return readLocally(words, args, ctx);
  if (args.has('filename')) return fetchManifests(words, args, ctx);
  const pairs = namedPairs(words, ctx);
  if (args.has('selector') && args.isOn('all')) throw new CommandError("setting 'all' parameter but found a non empty selector. ");
  if (pairs) {
    if (args.text('selector')) throw new CommandError('name cannot be provided when a selector is specified');
    if (args.isOn('all')) throw new CommandError("setting 'all' parameter but found a non empty selector. ");
    if (isAllNamespaces) throw new CommandError('a resource cannot be retrieved by name across all namespaces');
    return fetchNamed(pairs, ctx);
  }
  if (words.length === 0) throw new CommandError(MISSING_RESOURCE);
  if (!options.isListAllowed && !args.isOn('all') && !args.text('selector') && !args.text('field-selector')) {
    throw new CommandError('resource(s) were provided, but no name was specified');
  }
  const asked = kindsOfWord(words[0] as string, ctx);
  const targets = asked.flatMap((kind) => {
    const isWanted = selectorFilter(kind, args.text('selector'), args.text('field-selector'));
    return listObjects(kind, isAllNamespaces ? undefined : ctx.namespace, ctx)
      .filter(isWanted)
      .map((object) => targetOf(kind, object));
  });
  return { targets, errors: [], kinds: asked, isSingle: false, isNamed: false };
}

/** --local: the objects as manifests give them, whatever the server has. */
function readLocally(words: readonly string[], args: ParsedArgs, ctx: VerbContext): Found {
  if (words.length > 0 || !args.has('filename')) throw new CommandError(NOT_LOCAL);
  const { targets: read, errors } = manifestTargets(args, ctx);
  const targets = read.map(({ kind, namespace, name, manifest }) => ({ kind, namespace, name, object: manifest.object }));
  return { targets, errors, kinds: targets.map(({ kind }) => kind), isSingle: targets.length === 1, isNamed: true };
}

const NOT_LOCAL = `you must specify resources by --filename when --local is set.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'`;

export const MISSING_RESOURCE = `You must provide one or more resources by argument or filename.
Example resource specifications include:
   '-f rsrc.yaml'
   '--filename=rsrc.json'
   '<resource> <name>'
   '<resource>'`;

/** The kinds of `deploy,rs,pods`; a category such as `all` stands for its kinds. */
export function kindsOfWord(word: string, ctx: VerbContext): Kind[] {
  const found: Kind[] = [];
  for (const each of word.split(',')) {
    if (each === '') continue;
    const category = kindsInCategory(each, ctx);
    const more = category.length > 0 ? category : [mustFindKind(each, ctx)];
    for (const kind of more) if (!found.includes(kind)) found.push(kind);
  }
  return found;
}

/** In the order of the API groups and, within one, of the names: `kubectl get all` lists pods first, then what made them. */
function kindsInCategory(category: string, ctx: VerbContext): Kind[] {
  const rank = (kind: Kind): string => `${groupOf(kind.apiVersion)} ${kind.plural}`;
  const found = kindsOf(ctx.client.snapshot()).inCategory(category);
  return found.toSorted((a, b) => Number(isCustom(a)) - Number(isCustom(b)) || (rank(a) < rank(b) ? -1 : 1));
}

export function targetOf(kind: Kind, object: KubeObject): Target {
  return { kind, namespace: object.metadata.namespace, name: object.metadata.name, object };
}

/** What kubectl says instead where the namespace itself is not there: it looks before it blames the name. Models resource.Info.Get. */
function missingNamespace(kind: Kind, namespace: string | undefined, ctx: VerbContext): ApiError | undefined {
  if (!kind.namespaced || namespace === undefined || namespace === 'default') return undefined;
  const isThere = ctx.client.snapshot().get('Namespace', keyFor('Namespace', undefined, namespace)) !== undefined;
  return isThere ? undefined : new ApiError('NotFound', `namespaces "${namespace}" not found`);
}

interface Pair {
  readonly kind: Kind;
  readonly name: string;
}

/** `pod/a deploy/b` or `pods a b` as pairs; undefined where only types are named. Models builder.go ResourceTypeOrNameArgs. */
export function namedPairs(words: readonly string[], ctx: VerbContext): Pair[] | undefined {
  if (words.some((word) => word.includes('/'))) {
    if (!words.every((word) => word.includes('/'))) {
      throw new CommandError(
        "there is no need to specify a resource type as a separate argument when passing arguments in resource/name form (e.g. 'kubectl get resource/<resource_name>' instead of 'kubectl get resource resource/<resource_name>'",
      );
    }
    return words.map((word) => {
      const parts = word.split('/');
      if (parts.length !== 2) throw new CommandError('arguments in resource/name form may not have more than one slash');
      const [type = '', name = ''] = parts;
      if (!type || !name || kindWords(type).length !== 1)
        throw new CommandError('arguments in resource/name form must have a single resource and name');
      return { kind: mustFindKind(type, ctx), name };
    });
  }
  if (words.length < 2) return undefined;
  const [types = '', ...names] = words;
  const asked = kindsOfWord(types, ctx);
  return asked.flatMap((kind) => names.filter((name, i) => names.indexOf(name) === i).map((name) => ({ kind, name })));
}

const kindWords = (text: string): string[] => text.split(',').filter(Boolean);

function fetchManifests(words: readonly string[], args: ParsedArgs, ctx: VerbContext): Found {
  if (words.length > 0)
    throw new CommandError('when paths, URLs, or stdin is provided as input, you may not specify resource arguments as well');
  const { targets, errors } = manifestTargets(args, ctx);
  const found = fetchAll(targets, ctx);
  return { ...found, errors: [...errors, ...found.errors], isSingle: targets.length === 1 };
}

function fetchNamed(pairs: readonly Pair[], ctx: VerbContext): Found {
  return fetchAll(
    pairs.map((pair) => ({ ...pair, namespace: ctx.namespace })),
    ctx,
  );
}

function fetchAll(
  wanted: readonly { readonly kind: Kind; readonly namespace: string | undefined; readonly name: string }[],
  ctx: VerbContext,
): Found {
  const targets: Target[] = [];
  const errors: Error[] = [];
  for (const { kind, namespace, name } of wanted) {
    try {
      targets.push(targetOf(kind, getObject(kind, namespace, name, ctx)));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      errors.push(missingNamespace(kind, namespace, ctx) ?? error);
    }
  }
  return { targets, errors, kinds: [...new Set(wanted.map(({ kind }) => kind))], isSingle: wanted.length === 1, isNamed: true };
}
