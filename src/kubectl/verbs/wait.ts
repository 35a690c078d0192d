// kubectl wait: until a condition holds, a field has a value, an object exists or is gone.
// Models kubectl/pkg/cmd/wait/{wait,condition,json,delete,create}.go.
import { ApiError } from '../../kube/errors.ts';
import { goText } from '../../kube/goText.ts';
import { findResults, JsonPathError, parseJsonPath, relaxedJsonPath } from '../../kube/jsonpath.ts';
import { type Condition, type KubeObject } from '../../kube/meta.ts';
import type { CommandStep } from '../command.ts';
import { CommandError, throwAll } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { printerFor } from '../printers.ts';
import { type Found, findResources, nameOf, objectOf, type Target } from '../resources.ts';
import {
  allFlag,
  allNamespacesFlag,
  fieldSelectorFlag,
  filenameFlag,
  outputFlag,
  selectorFlag,
  type Verb,
  type VerbContext,
} from '../verb.ts';

const WEEK_MS = 168 * 3_600_000;
const TIMED_OUT = 'timed out waiting for the condition';

/** Whether what is waited for holds; undefined stands for an object that is gone. */
type Check = (object: KubeObject | undefined) => boolean;

export const wait: Verb = {
  name: 'wait',
  usage:
    "([-f FILENAME] | resource.group/resource.name | resource.group [(-l label | --all)]) [--for=create|--for=delete|--for condition=available|--for=jsonpath='{}'[=value]]",
  summary: 'Experimental: Wait for a specific condition on one or many resources',
  examples: [
    { why: 'Until a pod is ready', line: 'kubectl wait --for=condition=Ready pod/web' },
    { why: 'Until a pod runs', line: "kubectl wait --for=jsonpath='{.status.phase}'=Running pod/web" },
    { why: 'Until a pod is gone', line: 'kubectl wait --for=delete pod/web --timeout=60s' },
  ],
  flags: [
    filenameFlag,
    selectorFlag,
    fieldSelectorFlag,
    allNamespacesFlag,
    allFlag,
    outputFlag,
    {
      name: 'for',
      type: 'string',
      help: "create, delete, condition=NAME[=VALUE] or jsonpath='{…}'[=VALUE]; the value is True unless said.",
    },
    { name: 'timeout', type: 'duration', default: '30s', help: 'How long to wait; zero looks once, a negative time is a week.' },
  ],

  *run(args, ctx) {
    const what = args.text('for');
    const check = checkFor(what);
    const timeoutMs = args.durationMs('timeout') < 0 ? WEEK_MS : args.durationMs('timeout');
    const untilMs = ctx.client.nowMs + timeoutMs;
    const isForDelete = what.toLowerCase() === 'delete';
    const found = what.toLowerCase() === 'create' ? yield* waitForCreation(args, ctx, untilMs) : findResources(args, ctx);
    const errors = found.errors.filter((error) => !(isForDelete && isNotFound(error)));
    const failures: Error[] = [];
    for (const target of found.targets) {
      const failure = yield* waitFor(target, check, { untilMs, isOnce: timeoutMs === 0 }, args, ctx);
      if (failure) failures.push(failure);
    }
    if (found.targets.length === 0 && errors.length === 0 && !isForDelete) throw new CommandError('no matching resources found');
    throwAll([...failures, ...errors]);
    return 0;
  },
};

const isNotFound = (error: Error): boolean => error instanceof ApiError && error.reason === 'NotFound';

function* waitForCreation(args: ParsedArgs, ctx: VerbContext, untilMs: number): Generator<CommandStep, Found, void> {
  for (;;) {
    const found = findResources(args, ctx);
    const [error] = found.errors;
    if (!error) return found;
    if (!isNotFound(error)) throw error;
    if (ctx.client.nowMs >= untilMs) throw args.durationMs('timeout') === 0 ? error : new CommandError(TIMED_OUT);
    yield { type: 'wait', untilMs };
  }
}

/** Waits for one object and prints it; returns what went wrong. */
function* waitFor(
  { kind, object: first, name }: Target,
  check: Check,
  limit: { readonly untilMs: number; readonly isOnce: boolean },
  args: ParsedArgs,
  ctx: VerbContext,
): Generator<CommandStep, Error | undefined, void> {
  let object: KubeObject | undefined = first;
  try {
    for (;;) {
      const isLate = !limit.isOnce && ctx.client.nowMs >= limit.untilMs;
      if (!isLate && check(object)) break;
      if (limit.isOnce) return new CommandError(`condition not met for ${name}`);
      if (isLate) return new CommandError(`${TIMED_OUT} on ${kind.plural}/${name}`);
      yield { type: 'wait', untilMs: limit.untilMs };
      const now = objectOf(kind, first.metadata.namespace, name, ctx);
      object = now?.metadata.uid === first.metadata.uid ? now : undefined;
    }
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
  const output = args.text('output');
  yield { type: 'stdout', text: output ? printerFor(output)(object ?? first) : `${nameOf(kind, name)} condition met\n` };
  return undefined;
}

function checkFor(what: string): Check {
  if (what.toLowerCase() === 'delete') return (object) => object === undefined;
  if (what.toLowerCase() === 'create') return (object) => object !== undefined;
  if (what.startsWith('condition=')) return conditionCheck(what.slice('condition='.length));
  if (what.startsWith('jsonpath=')) return jsonPathCheck(what.slice('jsonpath='.length));
  throw new CommandError(`unrecognized condition: "${what}"`);
}

function conditionCheck(text: string): Check {
  const equals = text.indexOf('=');
  const name = (equals < 0 ? text : text.slice(0, equals)).toLowerCase();
  const value = (equals < 0 ? 'true' : text.slice(equals + 1)).toLowerCase();
  return (object) => {
    const status = object?.status as { readonly conditions?: readonly Condition[]; readonly observedGeneration?: number } | undefined;
    // What a custom kind calls its conditions may be something else.
    const conditions = Array.isArray(status?.conditions) ? (status.conditions as readonly (Partial<Condition> | null)[]) : [];
    const condition = conditions.find((each) => each?.type?.toLowerCase() === name);
    if (!condition) return false;
    // A condition about an older generation says nothing yet.
    const observed = condition.observedGeneration ?? status?.observedGeneration;
    const { generation } = (object as KubeObject).metadata;
    if (generation !== undefined && observed !== undefined && observed < generation) return false;
    return condition.status?.toLowerCase() === value;
  };
}

function jsonPathCheck(input: string): Check {
  const parts = splitAtSingleEquals(input);
  if (parts.length > 2) {
    throw new CommandError(
      "jsonpath wait format must be --for=jsonpath='{.status.readyReplicas}'=3 or --for=jsonpath='{.status.readyReplicas}'",
    );
  }
  const [path = '', given] = parts;
  const value = given?.replace(/^['"]+|['"]+$/g, '');
  if (value === '') {
    throw new CommandError("jsonpath wait has to have a value after equal sign, like --for=jsonpath='{.status.readyReplicas}'=3");
  }
  return reading(() => {
    const relaxed = relaxedJsonPath(path);
    if (relaxed === '') throw new CommandError('jsonpath expression cannot be empty');
    const template = parseJsonPath(relaxed);
    return (object) => object !== undefined && reading(() => hasValue(findResults(template, object), value));
  });
}

function hasValue(results: readonly (readonly unknown[])[], wanted: string | undefined): boolean {
  if (results.length === 0 || results[0]?.length === 0) return false;
  if (results.length > 1) throw new CommandError('given jsonpath expression matches more than one list');
  if ((results[0]?.length ?? 0) > 1) throw new CommandError('given jsonpath expression matches more than one value');
  if (wanted === undefined) return true;
  const [value] = results[0] ?? [];
  if (typeof value === 'object' && value !== null)
    throw new CommandError('jsonpath leads to a nested object or list which is not supported');
  return goText(value).trim() === wanted.trim();
}

/** Splits at `=`, but not at `==`. */
function splitAtSingleEquals(input: string): string[] {
  return input
    .replaceAll('==', '\u0000')
    .split('=')
    .map((part) => part.replaceAll('\u0000', '=='));
}

function reading<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof JsonPathError) throw new CommandError(error.message);
    throw error;
  }
}
