// kubectl get: tables, and every -o. Models kubectl/pkg/cmd/get/get.go.
// Leaves out: --subresource, chunks.

import { ApiError } from '../../kube/errors.ts';
import type { Kind } from '../../kube/kind.ts';
import { scaleKind, scaleOf } from '../../kube/kinds/scaleKind.ts';
import { type Change, type KubeObject, keyOf, tableOf } from '../../kube/meta.ts';
import type { Running } from '../command.ts';
import { CommandError, throwAll, usageError } from '../errors.ts';
import { formatOf, listOf, sorting } from '../output.ts';
import type { ParsedArgs } from '../parse.ts';
import { printerFor } from '../printers.ts';
import { answerTo } from '../rawPath.ts';
import { asServed, type Found, findResources, type Target } from '../resources.ts';
import { selectorFilter } from '../selectors.ts';
import { alignTable, type TableOptions, tableLines } from '../table.ts';
import {
  allNamespacesFlag,
  err,
  fieldSelectorFlag,
  filenameFlag,
  outputFlag,
  selectorFlag,
  templateFlag,
  type Verb,
  type VerbContext,
} from '../verb.ts';

export const get: Verb = {
  name: 'get',
  usage: '(TYPE[.VERSION][.GROUP] [NAME | -l label] | TYPE[.VERSION][.GROUP]/NAME ...) [-o OUTPUT] [flags]',
  summary: 'Display one or many resources',
  examples: [
    { why: 'All pods', line: 'kubectl get pods' },
    { why: 'All pods with their node and address', line: 'kubectl get pods -o wide' },
    { why: 'Several kinds', line: 'kubectl get deploy,rs,pods' },
    { why: 'One object in full', line: 'kubectl get deploy web -o yaml' },
    { why: 'Only what a path finds', line: "kubectl get pods -o jsonpath='{.items[*].metadata.name}'" },
    { why: 'Keep watching', line: 'kubectl get pods -w' },
  ],
  flags: [
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    filenameFlag,
    { ...outputFlag, help: 'wide, yaml, json, name, custom-columns=NAME:.metadata.name,…, jsonpath={…} or jsonpath-as-json={…}.' },
    templateFlag,
    { name: 'watch', short: 'w', type: 'bool', help: 'After listing, keep printing what changes.' },
    { name: 'watch-only', type: 'bool', help: 'Print what changes, without listing first.' },
    { name: 'output-watch-events', type: 'bool', help: 'With --watch, say what happened to each object.' },
    { name: 'ignore-not-found', type: 'bool', help: 'Be silent about what is not there.' },
    { name: 'no-headers', type: 'bool', help: 'Leave out the headers of tables.' },
    { name: 'show-labels', type: 'bool', help: 'Show the labels in a last column.' },
    { name: 'show-kind', type: 'bool', help: 'Show the kind before the name.' },
    { name: 'show-managed-fields', type: 'bool', help: 'Keep the managedFields when printing objects in JSON or YAML format.' },
    { name: 'label-columns', short: 'L', type: 'list', help: 'Labels that get a column of their own.' },
    { name: 'sort-by', type: 'string', help: 'Sort by the field that this JSONPath names.' },
    { name: 'server-print', type: 'bool', default: 'true', help: 'Accepted; tables are always the server’s.' },
    { name: 'chunk-size', type: 'int', default: '500', help: 'Accepted; lists are never cut.' },
    { name: 'subresource', type: 'string', help: 'The part of the objects to read: status or scale.' },
    { name: 'raw', type: 'string', help: 'Print what the server answers to this path.' },
  ],

  *run(args, ctx) {
    if (args.has('raw')) {
      if (args.words.length > 0) throw usageError(ctx.path, 'arguments may not be passed when --raw is specified');
      yield { type: 'stdout', text: answerTo(args.text('raw'), ctx) };
      return 0;
    }
    const output = formatOf(args);
    if (args.words.length === 0 && !args.has('filename')) {
      yield err('You must specify the type of resource to get. Use "kubectl api-resources" for a complete list of supported resources.\n');
      throw usageError(
        ctx.path,
        'Required resource not specified.\nUse "kubectl explain <resource>" for a detailed description of that resource (e.g. kubectl explain pods).',
      );
    }
    const isTable = output === '' || output === 'wide';
    if (!isTable) printerFor(output, { isGet: true });
    if (args.isOn('output-watch-events') && !args.isOn('watch') && !args.isOn('watch-only')) {
      throw new CommandError('--output-watch-events option can only be used with --watch or --watch-only');
    }
    if (args.isOn('watch') || args.isOn('watch-only')) return yield* watch(args, ctx);
    const found = partsOf(findResources(args, ctx, { isListAllowed: true }), args.text('subresource'));
    for (const { deprecation } of found.kinds) if (deprecation) yield err(`Warning: ${deprecation}`);
    const errors = args.isOn('ignore-not-found') ? [] : found.errors;
    const text = isTable ? tables(found, args, ctx) : generic(found, output, args);
    if (text) yield { type: 'stdout', text };
    if (isTable && !text && errors.length === 0 && !args.isOn('ignore-not-found')) yield err(nothingText(found, args, ctx));
    throwAll(errors);
    return 0;
  },
};

/** What `--subresource` asks for of the objects: their scale is an object of its own, their status the object itself. */
function partsOf(found: Found, subresource: string): Found {
  if (subresource !== 'scale') return found;
  const kind = scaleKind as unknown as Kind;
  const targets = found.targets.map((target) => {
    const object = scaleOf(target.object, target.kind);
    if (!object) throw new ApiError('NotFound', 'the server could not find the requested resource');
    return { ...target, kind, object };
  });
  return { ...found, targets, kinds: [kind] };
}

function nothingText(found: Found, args: ParsedArgs, ctx: VerbContext): string {
  const isNamespaced = !args.isOn('all-namespaces') && found.kinds.every((kind) => kind.namespaced);
  return isNamespaced ? `No resources found in ${ctx.namespace} namespace.` : 'No resources found';
}

function optionsOf(args: ParsedArgs, kind: Kind, isWithKind: boolean): TableOptions {
  return {
    isWide: formatOf(args) === 'wide',
    isWithNamespace: args.isOn('all-namespaces') && kind.namespaced,
    isWithKind: isWithKind || args.isOn('show-kind'),
    isWithLabels: args.isOn('show-labels'),
    labelColumns: args.texts('label-columns'),
    isWithoutHeaders: args.isOn('no-headers'),
  };
}

/** One table a kind, in the order asked for, an empty line between them. */
function tables(found: Found, args: ParsedArgs, ctx: VerbContext): string {
  // Of named objects only those that were found count; lists count though they are empty.
  const isWithKind = (found.isNamed ? new Set(found.targets.map(({ kind }) => kind)).size : found.kinds.length) > 1;
  const groups = found.isNamed
    ? neighbours(found.targets)
    : found.kinds.map((kind) => found.targets.filter((target) => target.kind === kind));
  const texts = groups.flatMap((targets) => {
    const kind = targets[0]?.kind;
    if (!kind) return [];
    const objects = inOrder(targets, args).map(({ object }) => object);
    return [alignTable(tableLines(kind, objects, ctx.client.nowMs, optionsOf(args, kind, isWithKind)))];
  });
  return texts.join(args.isOn('no-headers') ? '' : '\n');
}

function inOrder(targets: readonly Target[], args: ParsedArgs): readonly Target[] {
  const path = args.text('sort-by');
  return path ? sorting.get().sortBy(targets, ({ object }) => object, path) : targets;
}

/** Named objects keep their order; those of one kind that follow each other share a table. */
function neighbours(targets: readonly Target[]): Target[][] {
  const groups: Target[][] = [];
  for (const target of targets) {
    const last = groups.at(-1);
    if (last && last[0]?.kind === target.kind) last.push(target);
    else groups.push([target]);
  }
  return groups;
}

function generic(found: Found, output: string, args: ParsedArgs): string {
  if (found.targets.length === 0 && found.errors.length > 0 && (found.isSingle || args.isOn('ignore-not-found'))) return '';
  const printer = printerFor(output, {
    isGet: true,
    isWithoutHeaders: args.isOn('no-headers'),
    isShowingManagers: args.isOn('show-managed-fields'),
  });
  const objects = inOrder(found.targets, args).map(({ object }) => object);
  return printer(found.isSingle && objects[0] ? objects[0] : listOf(objects));
}

/** Prints what is there, then what changes, for ever. */
function* watch(args: ParsedArgs, ctx: VerbContext): Running {
  const found = findResources(args, ctx, { isListAllowed: true });
  const [kind] = found.kinds;
  if (!kind || found.kinds.length > 1) throw new CommandError('you may only specify a single resource type');
  throwAll(found.errors);
  const print = changePrinter(kind, args, ctx);
  const isAsked = askedFor(found, kind, args, ctx);
  if (!args.isOn('watch-only')) yield { type: 'stdout', text: print(found.targets.map(({ object }) => ['ADDED', object])) };
  for (let seen = ctx.client.changes?.().length ?? 0; ; ) {
    yield { type: 'wait' };
    const changes = ctx.client.changes?.() ?? [];
    for (; seen < changes.length; seen++) {
      const event = eventOf(changes[seen] as Change, kind, isAsked);
      if (event) yield { type: 'stdout', text: print([event]) };
    }
  }
}

/** Whether an object is among those that the command asks for: named ones, or those that its selectors choose. */
function askedFor(found: Found, kind: Kind, args: ParsedArgs, ctx: VerbContext): (object: KubeObject) => boolean {
  if (found.isNamed) {
    const keys = new Set(found.targets.map(({ object }) => keyOf(object)));
    return (object) => keys.has(keyOf(object));
  }
  const isWanted = selectorFilter(kind, args.text('selector'), args.text('field-selector'));
  const isEverywhere = !kind.namespaced || args.isOn('all-namespaces');
  return (object) => (isEverywhere || object.metadata.namespace === ctx.namespace) && isWanted(object);
}

/** What a change is to the one who watches: an object that is no longer chosen is as good as deleted. */
function eventOf({ table, before, after }: Change, kind: Kind, isAsked: (object: KubeObject) => boolean): WatchEvent | undefined {
  if (table !== tableOf(kind)) return undefined;
  const wasThere = before !== undefined && isAsked(before);
  if (after && isAsked(after)) return [wasThere ? 'MODIFIED' : 'ADDED', asServed(after, kind)];
  return wasThere ? ['DELETED', asServed(before, kind)] : undefined;
}

type WatchEvent = readonly ['ADDED' | 'MODIFIED' | 'DELETED', KubeObject];

/** Prints what has changed; in tables the header comes once, and columns never get narrower. */
function changePrinter(kind: Kind, args: ParsedArgs, ctx: VerbContext): (changes: readonly WatchEvent[]) => string {
  const output = formatOf(args);
  const options = optionsOf(args, kind, false);
  if (output !== '' && output !== 'wide') {
    const printer = printerFor(output, { isGet: true, isWithoutHeaders: options.isWithoutHeaders ?? false });
    return (changes) => changes.map(([, object]) => (output === 'yaml' ? `---\n${printer(object)}` : printer(object))).join('');
  }
  const widths: number[] = [];
  let isHeaderDue = !options.isWithoutHeaders;
  return (changes) => {
    if (changes.length === 0) return '';
    const objects = changes.map(([, object]) => object);
    const lines = tableLines(kind, objects, ctx.client.nowMs, { ...options, isWithoutHeaders: !isHeaderDue });
    const firsts = [...(isHeaderDue ? ['EVENT'] : []), ...changes.map(([event]) => event)];
    isHeaderDue = false;
    return alignTable(args.isOn('output-watch-events') ? lines.map((line, i) => `${firsts[i]}\t${line}`) : lines, widths);
  };
}
