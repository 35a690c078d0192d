// Whether a container's image is on its machine, and getting it where it is not. Models pkg/kubelet/images/image_manager.go.
import { nextBackOff, waitsUntil } from './backOff.ts';
import { digestOf, fullImageName, isPullable } from './images.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';

interface Failed {
  readonly type: 'failed';
  readonly reason: string;
  readonly message: string;
}

/** A registry on the machine itself answers as fast as this. */
const LOCAL_PULL_MS = 95;
/** Another one takes so long to say that what is there is still the newest. */
const CHECK_MS = { min: 500, span: 500 };
const LOCAL_REGISTRY = /^(127\.0\.0\.1|localhost)(:\d+)?\//;
/** Registries that no name server knows. */
const UNKNOWN_HOST = /^([\w.-]+\.invalid)(:\d+)?\//;
const NAME =
  /^(?:(?:localhost|[\w.-]+[.:][\w.:-]*)\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/;
/** The address of the cluster's name server, as pulls complain of it. */
const NAME_SERVER = '10.96.0.10:53';

/** What a registry on the machine itself has. */
const LOCAL_IMAGES: readonly string[] = ['httpd:1', 'httpd:2'];

/** Repositories and tags whose names say that nobody has published them. */
const UNPUBLISHED = /non-?exist|does-?not-?exist|no-?such|not-found/;

/** Images of which only these tags were ever published; all tags of others exist. */
const TAGS: Readonly<Record<string, RegExp>> = {
  busybox: /^(latest|stable|uclibc|glibc|musl|1(\.\d+)*(-\w+)*)$/,
  // Of these the documentation names one that is not there, to show how a rollout is stuck.
  nginx: /^(?!1\.161$)/,
  'gcr.io/google-samples/kubernetes-bootcamp': /^v[12]$/,
  httpd: /^(latest|alpine|1|2(\.\d+)*(-\w+)*)$/,
};

/** Looks for the image and begins to pull it where it must be pulled. */
export function pullContainer(
  worker: LiveWorker,
  container: ContainerLife,
): Failed | { type: 'present' } | { type: 'pulling'; ms: number } {
  const { image = '', imagePullPolicy } = container.spec;
  const told = worker.told(container.name);
  if (!NAME.test(image)) {
    const [name = image] = image.split(':');
    const why = /[A-Z]/.test(name) ? `repository name (library/${name}) must be lowercase` : 'invalid reference format';
    const message = `Failed to apply default image tag "${image}": couldn't parse image name "${image}": invalid reference format${why === 'invalid reference format' ? '' : `: ${why}`}`;
    worker.tell('Warning', 'InspectFailed', message, told);
    return failed(worker, container, 'InvalidImageName', message);
  }
  if (isPresent(worker, image) && imagePullPolicy !== 'Always') return { type: 'present' };
  if (imagePullPolicy === 'Never') {
    const message = `Container image "${image}" is not present with pull policy of Never`;
    worker.tell('Warning', 'ErrImageNeverPull', message, told);
    return failed(worker, container, 'ErrImageNeverPull', message);
  }
  if (container.pullBackOff && waitsUntil(container.pullBackOff, container.pullBackOff.updatedMs, worker.nowMs) !== undefined) {
    const text = `Back-off pulling image "${image}"`;
    worker.tell('Normal', 'BackOff', text, told);
    return failed(worker, container, 'ImagePullBackOff', `${text}: ErrImagePull: ${container.pullError ?? ''}`);
  }
  worker.tell('Normal', 'Pulling', `Pulling image "${image}"`, told);
  return { type: 'pulling', ms: queuePull(worker, container, image) };
}

/** A machine pulls one image after the other. Returns how long this one takes from now. */
function queuePull(worker: LiveWorker, container: ContainerLife, image: string): number {
  const { node, nowMs } = worker;
  const tookMs = pullMs(worker, image);
  node.pullsUntilMs = Math.max(node.pullsUntilMs, nowMs) + tookMs;
  container.pull = { tookMs, withWaitingMs: node.pullsUntilMs - nowMs };
  return container.pull.withWaitingMs;
}

/** What came of a pull. */
export function pulledText(worker: LiveWorker, container: ContainerLife): Failed | { readonly type: 'pulled'; readonly text: string } {
  const { image = '' } = container.spec;
  const error = pullErrorOf(image);
  if (error !== undefined) {
    container.pullBackOff = nextBackOff(container.pullBackOff, worker.nowMs, worker.nowMs);
    container.pullError = error;
    worker.tell('Warning', 'Failed', `Failed to pull image "${image}": ${error}`, worker.told(container.name));
    return failed(worker, container, 'ErrImagePull', error);
  }
  container.pullBackOff = undefined;
  worker.keepImage(image);
  const { tookMs = 0, withWaitingMs = 0 } = container.pull ?? {};
  const bytes = 2_000_000 + (Number.parseInt(digestOf(image).slice(0, 7), 16) % 90_000_000);
  const text = `Successfully pulled image "${image}" in ${timeText(tookMs)} (${timeText(withWaitingMs)} including waiting). Image size: ${bytes} bytes.`;
  return { type: 'pulled', text };
}

function failed(worker: LiveWorker, container: ContainerLife, reason: string, message: string): Failed {
  worker.tell('Warning', 'Failed', `Error: ${reason}`, worker.told(container.name));
  return { type: 'failed', reason, message };
}

function isPresent({ node, runtime }: LiveWorker, image: string): boolean {
  if (node.images.includes(image)) return true;
  return !runtime.pullMs && !LOCAL_REGISTRY.test(image) && pullErrorOf(image) === undefined;
}

function pullMs(worker: LiveWorker, image: string): number {
  if (LOCAL_REGISTRY.test(image) || pullErrorOf(image) !== undefined) return LOCAL_PULL_MS;
  return worker.runtime.pullMs ?? Math.round(CHECK_MS.min + worker.random('pull') * CHECK_MS.span);
}

/** Why an image cannot be had, in containerd's words. */
function pullErrorOf(image: string): string | undefined {
  const name = fullImageName(image);
  const [, host, port = ''] = UNKNOWN_HOST.exec(image) ?? [];
  const pull = `failed to pull and unpack image "${name}": failed to resolve image: `;
  if (host) {
    const [repository = '', tag = 'latest'] = image.slice(host.length + port.length + 1).split(':');
    return `${pull}failed to do request: Head "https://${host}${port}/v2/${repository}/manifests/${tag}": dial tcp: lookup ${host} on ${NAME_SERVER}: no such host`;
  }
  const [short = '', tag = 'latest'] = image.replace(LOCAL_REGISTRY, '').split(':');
  if (UNPUBLISHED.test(short))
    return `${pull}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
  const isThere = LOCAL_REGISTRY.test(image) ? LOCAL_IMAGES.includes(`${short}:${tag}`) : (TAGS[short]?.test(tag) ?? true);
  if (isPullable(image) && isThere && !UNPUBLISHED.test(tag)) return undefined;
  return `rpc error: code = NotFound desc = ${pull}${name}: not found`;
}

function timeText(ms: number): string {
  return ms < 1000 ? `${ms}ms` : `${ms / 1000}s`;
}
