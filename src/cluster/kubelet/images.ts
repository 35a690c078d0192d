// What containers do without images: by the annotations `podarium.dev/…` of their pod, else by their image's name, else they run on.
// Leaves out commands: a container's script is not run here.

import { hash32 } from '../../base/random.ts';
import { rememberedBy } from '../../base/remembered.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { durationMs } from './duration.ts';

/** What one run of a container will do. */
export interface Behaviour {
  /** From start to ready; 0 is at once, undefined never. */
  readonly readyAfterMs: number | undefined;
  /** From start to exit; undefined is never. */
  readonly exitAfterMs: number | undefined;
  readonly exitCode: number;
}

const RUNS_ON: Behaviour = { readyAfterMs: 0, exitAfterMs: undefined, exitCode: 0 };
const CRASH_AFTER_MS = 2000;

export function annotation(pod: Pod, name: string): string | undefined {
  return pod.metadata.annotations?.[`podarium.dev/${name}`];
}

export function annotatedMs(pod: Pod, name: string): number | undefined {
  return durationMs(annotation(pod, name));
}

export const isPullable = (image: string) => !image.includes('notfound');

/** What run number `runCount` (the first is 1) of this container will do. */
export function behaviourOf(pod: Pod, container: string, image: string, runCount: number): Behaviour {
  const isCrashing = image.includes('crash');
  const isUnready = image.includes('unready');
  if (!isCrashing && !isUnready && !pod.metadata.annotations) return RUNS_ON;
  const target = annotation(pod, 'exit-container');
  const isScripted = target === undefined || target === container;
  const isNeverReady = isUnready || (isScripted && annotation(pod, 'never-ready') === 'true');
  return {
    readyAfterMs: isNeverReady ? undefined : ((isScripted ? annotatedMs(pod, 'ready-after') : undefined) ?? 0),
    exitAfterMs: isCrashing ? CRASH_AFTER_MS : isScripted ? exitAfterMs(pod, runCount) : undefined,
    exitCode: isCrashing ? 1 : exitCode(pod, runCount),
  };
}

function exitAfterMs(pod: Pod, runCount: number): number | undefined {
  const times = annotation(pod, 'exit-times');
  if (times !== undefined && runCount > Number(times)) return undefined;
  return annotatedMs(pod, 'exit-after');
}

/** `exit-code` may be a list with one code a run; the last code repeats. */
function exitCode(pod: Pod, runCount: number): number {
  const codes = (annotation(pod, 'exit-code') ?? '0').split(',');
  const code = Number(codes[Math.min(runCount, codes.length) - 1]) || 0;
  const failing = annotation(pod, 'fail-index');
  const index = pod.metadata.annotations?.['batch.kubernetes.io/job-completion-index'];
  if (failing === undefined || index === undefined) return code;
  return failing.split(',').includes(index) ? code || 1 : 0;
}

/** The exit code of a container that was asked to stop and did. */
export function stopCode(pod: Pod): number {
  const given = annotation(pod, 'term-code');
  if (given !== undefined) return Number(given) || 0;
  return pod.spec.restartPolicy === 'Always' ? 0 : 143;
}

/** 64 hexadecimal digits that depend on `text` alone. */
export function digestOf(text: string): string {
  const parts: string[] = [];
  for (let basis = hash32(text), i = 0; i < 8; i++) {
    parts.push(basis.toString(16).padStart(8, '0'));
    basis = Math.imul(basis ^ (basis >>> 15) ^ i, 0x2c1b3c6d) >>> 0;
    basis = Math.imul(basis ^ (basis >>> 12), 0x297a2d39) >>> 0;
  }
  return parts.join('');
}

/** The same few images come back again and again. */
export const imageIDOf = rememberedBy(
  1024,
  (image: string) => image,
  (image) => `${fullImageName(image).replace(/:[^:/]*$/, '')}@sha256:${digestOf(image)}`,
);

/** The image's name as containerd resolves it. */
export function fullImageName(image: string): string {
  const [host = ''] = image.split('/');
  if (!image.includes('/')) return `docker.io/library/${image}`;
  return /[.:]|^localhost$/.test(host) ? image : `docker.io/${image}`;
}

export function presentText(image: string): string {
  return `Container image "${image}" already present on machine and can be accessed by the pod`;
}
