// kubectl create deployment, job and cronjob.
// Models kubectl/pkg/cmd/create/create_{deployment,job,cronjob}.go. `create job --from` copies a CronJob's template.
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { CommandError } from '../errors.ts';
import type { ParsedArgs } from '../parse.ts';
import { mustFindKind, notFound, objectOf } from '../resources.ts';
import type { VerbContext } from '../verb.ts';
import { commandOf, type Generator } from './generator.ts';

export const createDeployment: Generator = {
  name: 'deployment',
  aliases: ['deploy'],
  usage: 'NAME --image=image -- [COMMAND] [args...]',
  summary: 'Create a deployment with the specified name',
  examples: [{ why: 'Three pods of nginx', line: 'kubectl create deployment web --image=nginx --replicas=3' }],
  flags: [
    { name: 'image', type: 'list', help: 'The images to run, a container each.' },
    { name: 'port', type: 'int', default: '-1', help: 'The port that the first container exposes.' },
    { name: 'replicas', short: 'r', type: 'int', default: '1', help: 'How many pods.' },
  ],
  required: ['image'],
  failure: 'failed to create deployment: ',
  build(name, args) {
    const labels = { app: name };
    const command = commandOf(args);
    const images = args.texts('image');
    if (images.length > 1 && command.length > 0) throw new CommandError('cannot specify multiple --image options and command');
    const port = args.number('port');
    const containers = images.map((image, i) => ({
      ...(command.length > 0 ? { command } : {}),
      image,
      name: containerName(image),
      ...(i === 0 && port >= 0 ? { ports: [{ containerPort: port }] } : {}),
      resources: {},
    }));
    const template = { metadata: { labels }, spec: { containers } };
    const spec = { replicas: args.number('replicas'), selector: { matchLabels: labels }, strategy: {}, template };
    return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { labels, name }, spec, status: {} };
  },
};

/** The image's own name without registry, tag and digest. Other letters become dashes and a suffix keeps the name unique. */
function containerName(image: string): string {
  const last = image.split('/').at(-1) ?? '';
  const name = (last.split(':')[0] as string).split('@')[0] as string;
  return /[_.]/.test(name) ? `${name.replaceAll(/[_.]/g, '-')}-${suffixOf(name)}` : name;
}

/** Five letters of Kubernetes' alphabet. kubectl throws dice for them; here the same image gives the same letters. */
function suffixOf(text: string): string {
  const alphabet = 'bcdfghjklmnpqrstvwxz2456789';
  let hash = 7;
  let letters = '';
  for (let i = 0; i < 5; i++) {
    for (const letter of text) hash = (hash * 31 + letter.charCodeAt(0) + i) % 1_000_003;
    letters += alphabet[hash % alphabet.length];
  }
  return letters;
}

export const createJob: Generator = {
  name: 'job',
  usage: 'NAME --image=image [--from=cronjob/name] -- [COMMAND] [args...]',
  summary: 'Create a job with the specified name',
  examples: [{ why: 'A job with a command', line: 'kubectl create job hello --image=busybox -- date' }],
  flags: [
    { name: 'image', type: 'string', help: 'The image to run.' },
    { name: 'from', type: 'string', help: 'The cronjob to make a job of: cronjob/name.' },
  ],
  failure: 'failed to create job: ',
  build(name, args, ctx) {
    const command = commandOf(args);
    const from = args.text('from');
    const image = args.text('image');
    if ((image === '') === (from === '')) throw new CommandError('either --image or --from must be specified');
    if (from && command.length > 0) throw new CommandError('cannot specify --from and command');
    if (from) return jobFromCronJob(name, from, ctx);
    return {
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name },
      spec: { template: jobTemplate(name, image, command, 'Never') },
      status: {},
    };
  },
};

function jobTemplate(name: string, image: string, command: readonly string[], restartPolicy: string) {
  const container = { ...(command.length > 0 ? { command } : {}), image, name, resources: {} };
  return { metadata: {}, spec: { containers: [container], restartPolicy } };
}

interface CronJobLike extends KubeObject {
  readonly spec: { readonly jobTemplate: { readonly metadata?: KubeObject['metadata']; readonly spec: unknown } };
}

function jobFromCronJob(name: string, from: string, ctx: VerbContext): KubeObject {
  const [type = '', cronJobName = ''] = from.split('/');
  const kind = mustFindKind(type, ctx);
  const object = objectOf(kind, ctx.namespace, cronJobName, ctx);
  if (!object) throw notFound(kind, cronJobName);
  if (tableOf(kind) !== 'CronJob') throw new CommandError(`unknown object type: from must be an existing cronjob`);
  const { jobTemplate } = (object as CronJobLike).spec;
  const owner = { apiVersion: 'batch/v1', kind: 'CronJob', name: cronJobName, uid: object.metadata.uid ?? '', controller: true };
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: {
      name,
      annotations: { ...jobTemplate.metadata?.annotations, 'cronjob.kubernetes.io/instantiate': 'manual' },
      ...(jobTemplate.metadata?.labels ? { labels: jobTemplate.metadata.labels } : {}),
      ownerReferences: [owner],
    },
    spec: jobTemplate.spec,
    status: {},
  };
}

export const createCronJob: Generator = {
  name: 'cronjob',
  aliases: ['cj'],
  usage: "NAME --image=image --schedule='0/5 * * * ?' -- [COMMAND] [args...]",
  summary: 'Create a cron job with the specified name',
  examples: [{ why: 'Every minute', line: 'kubectl create cronjob tick --image=busybox --schedule="*/1 * * * *" -- date' }],
  flags: [
    { name: 'image', type: 'string', help: 'The image to run.' },
    { name: 'schedule', type: 'string', help: 'When, in cron format.' },
    { name: 'restart', type: 'string', default: 'OnFailure', help: 'OnFailure or Never.' },
  ],
  required: ['image', 'schedule'],
  failure: 'failed to create cronjob: ',
  build(name, args: ParsedArgs) {
    const template = jobTemplate(name, args.text('image'), commandOf(args), args.text('restart') || 'OnFailure');
    const spec = { jobTemplate: { metadata: { name }, spec: { template } }, schedule: args.text('schedule') };
    return { apiVersion: 'batch/v1', kind: 'CronJob', metadata: { name }, spec, status: {} };
  },
};
