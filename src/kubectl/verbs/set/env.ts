// kubectl set env: environment variables of a pod template.
// Models kubectl/pkg/cmd/set/set_env.go and set/env/env_parse.go. Leaves out: --resolve, variables from stdin.
import type { Container, EnvVar, PodSpec } from '../../../kube/kinds/pod.ts';
import { type KubeObject, tableOf } from '../../../kube/meta.ts';
import type { CommandStep } from '../../command.ts';
import { CommandError } from '../../errors.ts';
import { isWithFiles } from '../../files.ts';
import type { ParsedArgs } from '../../parse.ts';
import { mustFindKind, notFound, objectOf, type Target } from '../../resources.ts';
import { err, type Verb, type VerbContext } from '../../verb.ts';
import { splitPairs } from './pairs.ts';
import { changePodSpecs, containersOf, podSpecOf, type SpecChange, setFlags, targetsOf } from './template.ts';

export const setEnv: Verb = {
  name: 'env',
  usage: 'RESOURCE/NAME KEY_1=VAL_1 ... KEY_N=VAL_N',
  summary: 'Update environment variables on a pod template',
  examples: [
    { why: 'Set a variable', line: 'kubectl set env deployment/web STORAGE_DIR=/local' },
    { why: 'Remove it', line: 'kubectl set env deployment/web STORAGE_DIR-' },
    { why: 'List all', line: 'kubectl set env deployment/web --list' },
  ],
  flags: [
    ...setFlags,
    { name: 'containers', short: 'c', type: 'string', default: '*', help: 'The containers to change; * stands for any letters.' },
    { name: 'env', short: 'e', type: 'array', help: 'A variable: key=value.' },
    { name: 'from', type: 'string', help: 'A configmap/name or secret/name whose keys become variables.' },
    { name: 'keys', type: 'list', help: 'Only these keys of --from.' },
    { name: 'prefix', type: 'string', help: 'What the names of --from begin with.' },
    { name: 'list', type: 'bool', help: 'Print the variables.' },
    { name: 'overwrite', type: 'bool', default: 'true', help: 'Whether set variables may be changed.' },
    { name: 'resolve', type: 'bool', help: 'Accepted.' },
  ],

  *run(args, ctx) {
    const { resources, pairs } = splitPairs(args.words, 'environment');
    if (resources.length === 0 && !isWithFiles(args)) {
      throw new CommandError('one or more resources must be specified as <resource> <name> or <resource>/<name>');
    }
    const { set, removed } = variablesOf([...pairs, ...args.texts('env')]);
    const taken = [...set, ...fromVariables(args, ctx)];
    const targets = targetsOf(args, ctx, resources);
    for (const { key, variable } of renamedKeys(args, ctx)) yield err(`Warning: key ${key} transferred to ${variable}`);
    if (args.isOn('list')) {
      for (const target of targets) yield* listVariables(target, args);
      return 0;
    }
    const change: SpecChange = {
      what: 'env',
      operation: 'env updated',
      patch: (spec, _target, errors) => envPatch(spec, { set: taken, removed, args, errors }),
    };
    for (const text of unmatchedContainers(targets, args)) yield err(text);
    return yield* changePodSpecs(targets, change, args, ctx);
  },
};

function variablesOf(pairs: readonly string[]): { readonly set: readonly EnvVar[]; readonly removed: readonly string[] } {
  const set: EnvVar[] = [];
  const removed: string[] = [];
  for (const pair of pairs) {
    const equals = pair.indexOf('=');
    if (equals > 0) set.push({ name: pair.slice(0, equals), value: pair.slice(equals + 1) });
    else if (pair.endsWith('-')) removed.push(pair.slice(0, -1));
    else throw new CommandError(`unknown environment variable: ${pair}`);
  }
  const both = set.find(({ name }) => removed.includes(name));
  if (both) throw new CommandError('can not both modify and remove an environment variable in the same command');
  return { set, removed };
}

interface FromKey {
  readonly key: string;
  readonly variable: string;
  readonly from: EnvVar;
}

/** --from: one variable a key, that refers to it. */
function fromKeys(args: ParsedArgs, ctx: VerbContext): FromKey[] {
  const from = args.text('from');
  if (!from) return [];
  const [type = '', name = ''] = from.split('/');
  const kind = mustFindKind(type, ctx);
  if (tableOf(kind) !== 'ConfigMap' && tableOf(kind) !== 'Secret') throw new CommandError(`unsupported resource specified in --from`);
  const object = objectOf(kind, ctx.namespace, name, ctx) as
    | (KubeObject & { readonly data?: Readonly<Record<string, string>> })
    | undefined;
  if (!object) throw notFound(kind, name);
  const wanted = args.texts('keys');
  const keys = Object.keys(object.data ?? {}).filter((key) => wanted.length === 0 || wanted.includes(key));
  return keys.sort().map((key) => {
    const ref = { name, key };
    const variable = key.replaceAll(/[^A-Za-z0-9_]/g, '_').toUpperCase();
    const valueFrom = tableOf(kind) === 'Secret' ? { secretKeyRef: ref } : { configMapKeyRef: ref };
    return { key, variable, from: { name: `${args.text('prefix')}${variable}`, valueFrom } };
  });
}

const fromVariables = (args: ParsedArgs, ctx: VerbContext): EnvVar[] => fromKeys(args, ctx).map(({ from }) => from);
const renamedKeys = (args: ParsedArgs, ctx: VerbContext): FromKey[] => fromKeys(args, ctx).filter(({ key, variable }) => key !== variable);

function isChosen(container: Container, pattern: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(container.name);
}

interface Wanted {
  readonly set: readonly EnvVar[];
  readonly removed: readonly string[];
  readonly args: ParsedArgs;
  readonly errors: Error[];
}

function envPatch(spec: PodSpec, { set, removed, args, errors }: Wanted): unknown {
  const pattern = args.text('containers');
  const patch: Record<string, unknown[]> = {};
  for (const field of ['initContainers', 'containers'] as const) {
    for (const container of spec[field] ?? []) {
      if (!isChosen(container, pattern)) continue;
      const old = container.env ?? [];
      const clash = args.isOn('overwrite') ? undefined : set.find((each) => old.some((variable) => variable.name === each.name));
      if (clash) {
        errors.push(
          new CommandError(
            `error: '${clash.name}' already has a value (${old.find((each) => each.name === clash.name)?.value ?? ''}), and --overwrite is false`,
          ),
        );
        return undefined;
      }
      const kept = old.filter((variable) => !removed.includes(variable.name));
      const changed = kept.map((variable) => set.find((each) => each.name === variable.name) ?? variable);
      const added = set.filter((each) => !kept.some((variable) => variable.name === each.name));
      const env = [...changed, ...added];
      patch[field] = [...(patch[field] ?? []), { name: container.name, env: [{ $patch: 'replace' }, ...env] }];
    }
  }
  return Object.keys(patch).length > 0 ? patch : undefined;
}

/** A pattern that fits no container changes nothing; kubectl only warns of it. */
function unmatchedContainers(targets: readonly Target[], args: ParsedArgs): string[] {
  const pattern = args.text('containers');
  return targets.flatMap(({ kind, name, object }) => {
    const spec = podSpecOf(object);
    if (!spec || containersOf(spec).some((container) => isChosen(container, pattern))) return [];
    return [`Warning: ${kind.kind}/${name} does not have any containers matching ${JSON.stringify(pattern)}`];
  });
}

function* listVariables({ kind, name, object }: Target, args: ParsedArgs): Generator<CommandStep, void, void> {
  const spec = podSpecOf(object);
  for (const container of spec ? containersOf(spec) : []) {
    if (!isChosen(container, args.text('containers'))) continue;
    const lines = (container.env ?? []).map((variable) => `${lineOf(variable)}\n`);
    yield { type: 'stdout', text: `# ${kind.kind} ${name}, container ${container.name}\n${lines.join('')}` };
  }
}

function lineOf({ name, value, valueFrom }: EnvVar): string {
  if (!valueFrom) return `${name}=${value ?? ''}`;
  if (valueFrom.configMapKeyRef) return `# ${name} from configmap ${valueFrom.configMapKeyRef.name}, key ${valueFrom.configMapKeyRef.key}`;
  if (valueFrom.secretKeyRef) return `# ${name} from secret ${valueFrom.secretKeyRef.name}, key ${valueFrom.secretKeyRef.key}`;
  if (valueFrom.fieldRef) return `# ${name} from field path ${valueFrom.fieldRef.fieldPath}`;
  return `# ${name} from resource ${valueFrom.resourceFieldRef?.resource ?? ''}`;
}
