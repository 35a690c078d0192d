// kubectl run: one pod from an image.
// Models kubectl/pkg/cmd/run/run.go and kubectl/pkg/generate/versioned/run.go.
import type { Container, Pod } from '../../kube/kinds/pod.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { mergePatch } from '../../kube/patch.ts';
import type { Running } from '../command.ts';
import { CommandError, usageError } from '../errors.ts';
import { parseLabels, sendGenerated } from '../generators/generator.ts';
import type { ParsedArgs } from '../parse.ts';
import { parsePatchText } from '../patchText.ts';
import { requireFlags } from '../requireFlags.ts';
import { err, out, type Verb, type VerbContext } from '../verb.ts';
import { dryRunOf, reporterOf, saveConfigFlag, writingFlags } from '../writing.ts';
import { attachOrLog, whenEnded, whenStarted } from './attach.ts';

export const run: Verb = {
  name: 'run',
  usage:
    'NAME --image=image [--env="key=value"] [--port=port] [--dry-run=server|client] [--overrides=inline-json] [--command] -- [COMMAND] [args...]',
  summary: 'Run a particular image on the cluster',
  examples: [
    { why: 'A pod of nginx', line: 'kubectl run web --image=nginx' },
    { why: 'A pod that is not restarted', line: 'kubectl run once --image=busybox --restart=Never -- sleep 5' },
  ],
  flags: [
    { name: 'image', type: 'string', help: 'The image of the container.' },
    { name: 'image-pull-policy', type: 'string', help: 'Always, IfNotPresent or Never.' },
    { name: 'env', type: 'array', help: 'A variable: key=value.' },
    { name: 'port', type: 'string', help: 'The port that the container exposes.' },
    { name: 'expose', type: 'bool', help: 'Create a service for the pod too; needs --port.' },
    { name: 'labels', short: 'l', type: 'string', help: 'The labels of the pod instead of run=NAME.' },
    { name: 'annotations', type: 'array', help: 'An annotation of the pod: key=value.' },
    { name: 'restart', type: 'string', help: 'Always, OnFailure or Never.' },
    { name: 'command', type: 'bool', help: 'The words after -- are the command, not its arguments.' },
    { name: 'overrides', type: 'string', help: 'JSON that is merged into the pod.' },
    { name: 'override-type', type: 'string', default: 'merge', help: 'merge.' },
    { name: 'privileged', type: 'bool', help: 'Run the container in privileged mode.' },
    { name: 'quiet', short: 'q', type: 'bool', help: 'Print only what the container prints.' },
    { name: 'stdin', short: 'i', type: 'bool', help: 'Keep the input of the container open, and attach to it.' },
    { name: 'tty', short: 't', type: 'bool', help: 'The container has a terminal.' },
    { name: 'attach', type: 'bool', help: 'Wait until the pod runs, and attach to it.' },
    { name: 'rm', type: 'bool', help: 'Delete the pod after it has exited; only with --attach or -i.' },
    { name: 'pod-running-timeout', type: 'duration', default: '1m', help: 'How long to wait until the pod runs.' },
    ...writingFlags,
    saveConfigFlag,
  ],

  *run(args, ctx): Running {
    requireFlags(args, ['image']);
    refuseUnfit(args, ctx.path);
    const report = reporterOf(args);
    const name = args.words[0] as string;
    const pod = overridden(podOf(name, args), args);
    const created = sendGenerated(pod, args, ctx);
    if (args.isOn('expose')) yield report(sendGenerated(serviceOf(name, args), args, ctx), 'created');
    if (!isAttaching(args) || dryRunOf(args) !== 'none') {
      yield report(created, 'created');
      return 0;
    }
    return yield* attachAndEnd(created as Pod, args, ctx);
  },
};

function isAttaching(args: ParsedArgs): boolean {
  return args.isOn('attach') || args.isOn('stdin');
}

/** Shows what the pod prints until it has ended; its exit code is that of its container. */
function* attachAndEnd(created: Pod, args: ParsedArgs, ctx: VerbContext): Running {
  const isQuiet = args.isOn('quiet');
  const [container] = created.spec.containers as [Container];
  const { name } = created.metadata;
  const begun = yield* whenStarted(created, args.durationMs('pod-running-timeout'), ctx);
  const options = { isInteractive: args.isOn('stdin'), isTerminal: args.isOn('tty'), isFromStart: true, isQuiet };
  yield* attachOrLog(begun, container, options, ctx);
  const isOnce = created.spec.restartPolicy !== 'Always';
  if (!isOnce && !args.isOn('rm') && !isQuiet) {
    const flags = `${args.isOn('stdin') ? ' -i' : ''}${args.isOn('tty') ? ' -t' : ''}`;
    yield out(`Session ended, resume using 'kubectl attach ${name} -c ${container.name}${flags}' command when the pod is running`);
  }
  const exitCode = isOnce ? yield* exitOf(begun, args, ctx) : 0;
  if (args.isOn('rm')) {
    ctx.client.request({ verb: 'delete', kind: 'Pod', namespace: ctx.namespace, name });
    if (!isQuiet) yield out(`pod "${name}" deleted from ${ctx.namespace} namespace`);
  }
  return exitCode;
}

function* exitOf(pod: Pod, args: ParsedArgs, ctx: VerbContext): Running {
  const { phase, containerStatuses } = (yield* whenEnded(pod, args.durationMs('pod-running-timeout'), ctx)).status;
  const ended = containerStatuses?.[0]?.state.terminated;
  if (phase !== 'Failed' || !ended) return 0;
  yield err(`pod ${ctx.namespace}/${pod.metadata.name} terminated (${ended.reason})${ended.message ? `\n${ended.message}` : ''}`);
  return ended.exitCode;
}

/** A repository's name with registry, tag and digest, in the letters that a reference may have. */
const IMAGE = /^[A-Za-z0-9]+(?:[._:/@-]+[A-Za-z0-9]+)*$/;

function refuseUnfit(args: ParsedArgs, path: string): void {
  if (args.words.length === 0 || args.dashAt === 0) throw usageError(path, 'NAME is required for run');
  const image = args.text('image');
  if (image === '') throw new CommandError('--image is required');
  if (!IMAGE.test(image)) throw new CommandError(`Invalid image name "${image}": invalid reference format`);
  if (args.isOn('tty') && !args.isOn('stdin')) throw new CommandError('-i/--stdin is required for containers with -t/--tty=true');
  if (args.isOn('expose') && !args.text('port')) throw usageError(path, '--port must be set when exposing a service');
  const restart = args.text('restart');
  if (!['', 'Always', 'OnFailure', 'Never'].includes(restart)) throw usageError(path, `invalid restart policy: ${restart}`);
  const policy = args.text('image-pull-policy');
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(policy)) throw new CommandError(`invalid image pull policy: ${policy}`);
  if (args.isOn('rm') && !isAttaching(args)) throw usageError(path, '--rm should only be used for attached containers');
}

function podOf(name: string, args: ParsedArgs): KubeObject {
  const rest = args.words.slice(1);
  const command = rest.length === 0 ? {} : args.isOn('command') ? { command: rest } : { args: rest };
  const port = args.text('port');
  const env = args.texts('env').map(envOf);
  const annotations = Object.fromEntries(args.texts('annotations').map(annotationOf));
  const policy = args.text('image-pull-policy');
  const container = {
    ...command,
    ...(env.length > 0 ? { env } : {}),
    image: args.text('image'),
    ...(policy ? { imagePullPolicy: policy } : {}),
    name,
    ...(port ? { ports: [{ containerPort: portOf(port) }] } : {}),
    resources: {},
    ...(args.isOn('stdin') ? { stdin: true, stdinOnce: true } : {}),
    ...(args.isOn('tty') ? { tty: true } : {}),
    ...(args.isOn('privileged') ? { securityContext: { privileged: true } } : {}),
  };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
      labels: args.text('labels') ? parseLabels(args.text('labels')) : { run: name },
      name,
    },
    spec: { containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: args.text('restart') || 'Always' },
    status: {},
  };
}

function portOf(text: string): number {
  if (!/^[+-]?\d+$/.test(text)) throw new CommandError(`strconv.Atoi: parsing "${text}": invalid syntax`);
  return Number(text);
}

function envOf(text: string): { readonly name: string; readonly value: string } {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new CommandError(`invalid env: ${text}`);
  return { name: text.slice(0, equals), value: text.slice(equals + 1) };
}

function annotationOf(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new CommandError(`unexpected annotation: ${text}`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function serviceOf(name: string, args: ParsedArgs): KubeObject {
  const port = portOf(args.text('port'));
  const selector = args.text('labels') ? parseLabels(args.text('labels')) : { run: name };
  const spec = { ports: [{ port, protocol: 'TCP', targetPort: port }], selector };
  return { apiVersion: 'v1', kind: 'Service', metadata: { name }, spec, status: { loadBalancer: {} } };
}

function overridden(pod: KubeObject, args: ParsedArgs): KubeObject {
  const text = args.text('overrides');
  return text ? (mergePatch(pod, parsePatchText(text)) as KubeObject) : pod;
}
