// The last words of a container: what it wrote to its termination log, or the end of what it printed where its policy says so.
// Models pkg/kubelet/kuberuntime/kuberuntime_container.go getTerminationMessage.
import { lineText } from '../../kube/inside.ts';
import { readInBox } from './boxAccess.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife } from './podLife.ts';
import type { Sandbox } from './shell/process.ts';

const PATH = '/dev/termination-log';
const LETTERS_MAX = 4096;
/** Of all containers of a pod together: each has an equal share, of which the beginning is told. */
const POD_LETTERS_MAX = 12 * 1024;
/** Of the log, for FallbackToLogsOnError. */
const LOG_LINES = 80;
const LOG_LETTERS = 2048;

export function terminationMessage(worker: LiveWorker, sandbox: Sandbox, container: ContainerLife, exitCode: number): string | undefined {
  const { containers, initContainers = [] } = worker.pod.spec;
  const share = Math.floor(POD_LETTERS_MAX / (containers.length + initContainers.length));
  return lastWords(worker, sandbox, container, exitCode)?.slice(0, share);
}

function lastWords(worker: LiveWorker, sandbox: Sandbox, { name, spec }: ContainerLife, exitCode: number): string | undefined {
  const written = readInBox(sandbox, name, spec.terminationMessagePath ?? PATH, worker.world)?.slice(-LETTERS_MAX);
  if (written) return written;
  if (spec.terminationMessagePolicy !== 'FallbackToLogsOnError' || exitCode === 0) return undefined;
  const lines = sandbox.logs[name]?.at(-1)?.lines ?? [];
  const text = lines.slice(-LOG_LINES).map(lineText).join('');
  return text.slice(-LOG_LETTERS) || undefined;
}
