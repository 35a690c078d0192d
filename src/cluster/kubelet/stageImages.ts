// Pulls of images in the stand-in kubelet: those that take time, and those that fail and are backed off.
// Models pkg/kubelet/images/image_manager.go, with the timings of the stand-in kubelet of the recordings.
import { digestOf, fullImageName } from './images.ts';
import type { PodWorker } from './podWorker.ts';
import type { ContainerWork } from './work.ts';

/** From ErrImagePull to ImagePullBackOff. */
const BACK_OFF_SHOWS_MS = 1000;
const BACK_OFF_FIRST_MS = 10_000;
const BACK_OFF_MAX_MS = 300_000;

export function beginPull(worker: PodWorker, container: ContainerWork): void {
  worker.tell('Normal', 'Pulling', `Pulling image "${container.image}"`, container);
  worker.after(worker.runtime.pullMs ?? 0, 'pulled', container);
}

/** What is told of a pull that is done. */
export function pulledText({ runtime }: PodWorker, image: string): string {
  const seconds = `${(runtime.pullMs ?? 0) / 1000}s`;
  const bytes = 10_000_000 + (Number.parseInt(digestOf(image).slice(0, 7), 16) % 90_000_000);
  return `Successfully pulled image "${image}" in ${seconds} (${seconds} including waiting). Image size: ${bytes} bytes.`;
}

const notFound = (image: string) => {
  const name = fullImageName(image);
  return `rpc error: code = NotFound desc = failed to pull and unpack image "${name}": failed to resolve image: ${name}: not found`;
};

/** The image cannot be had: told at once, backed off a moment later, and tried again. */
export function failPull(worker: PodWorker, container: ContainerWork, attempt: number): void {
  const { image } = container;
  const message = notFound(image);
  worker.tell('Normal', 'Pulling', `Pulling image "${image}"`, container);
  worker.tell('Warning', 'Failed', `Failed to pull image "${image}": ${message}`, container);
  worker.tell('Warning', 'Failed', 'Error: ErrImagePull', container);
  container.last = container.state.terminated ?? container.last;
  container.state = { waiting: { reason: 'ErrImagePull', message } };
  worker.report();
  worker.after(BACK_OFF_SHOWS_MS, 'pull-back-off', container);
  worker.after(Math.min(BACK_OFF_MAX_MS, BACK_OFF_FIRST_MS * 2 ** attempt), 'pull-again', container, attempt + 1);
}

export function showPullBackOff(worker: PodWorker, container: ContainerWork): void {
  const text = `Back-off pulling image "${container.image}"`;
  container.state = { waiting: { reason: 'ImagePullBackOff', message: `${text}: ErrImagePull: ${notFound(container.image)}` } };
  worker.tell('Normal', 'BackOff', text, container);
  worker.tell('Warning', 'Failed', 'Error: ImagePullBackOff', container);
  worker.report();
}
