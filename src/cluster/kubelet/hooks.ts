// Lifecycle hooks: a command in the container, a request to it, or a sleep. Models pkg/kubelet/lifecycle/handlers.go.
import type { Probe } from '../../kube/kinds/pod.ts';
import { dialText, execError, targetOf } from './askProbe.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife, HookLife, Target } from './podLife.ts';

export type Handler = Pick<Probe, 'exec' | 'httpGet'> & { readonly sleep?: { readonly seconds: number } };

/** A request is sent a moment after the container has started: most servers listen by then. */
const REQUEST_MS = 20;

/** What came of a hook; undefined while it runs. */
export interface HookOutcome {
  readonly failure: string | undefined;
}

export function beginHook(worker: LiveWorker, container: ContainerLife, handler: Handler): HookLife {
  if (handler.exec) return beginCommand(worker, container, handler.exec.command ?? []);
  if (handler.sleep) {
    worker.proceedAfter(handler.sleep.seconds * 1000);
    return { session: undefined, untilMs: worker.nowMs + handler.sleep.seconds * 1000, failure: undefined };
  }
  if (!handler.httpGet) return { session: undefined, untilMs: worker.nowMs, failure: 'invalid handler' };
  worker.proceedAfter(REQUEST_MS);
  const request = targetOf(worker, container, handler.httpGet);
  return { session: undefined, untilMs: worker.nowMs + REQUEST_MS, request, failure: undefined };
}

function beginCommand(worker: LiveWorker, container: ContainerLife, command: readonly string[]): HookLife {
  const started = worker.exec(container.name, command);
  if (typeof started === 'string') return { session: undefined, untilMs: worker.nowMs, failure: execError(worker, container, started) };
  return { session: started, untilMs: undefined, failure: undefined };
}

export function hookOutcome(worker: LiveWorker, { session, untilMs, request, failure }: HookLife): HookOutcome | undefined {
  if (untilMs !== undefined && worker.nowMs < untilMs) return undefined;
  if (request) return { failure: requestFailure(worker, request) };
  if (untilMs !== undefined) return { failure };
  const ended = session === undefined ? undefined : worker.sessionOutcome(session);
  if (!ended) return undefined;
  return { failure: ended.exitCode === 0 ? undefined : `${ended.exitCode}\n${ended.output}` };
}

/** Whatever the answer is, it is one. */
function requestFailure(worker: LiveWorker, { url, host, port, path }: Target): string | undefined {
  const answer = worker.requestHttp(host, port, path);
  return typeof answer === 'string' ? `Get "${url}": ${dialText(host, port, answer)}` : undefined;
}

/** The sentence of a state PostStartHookError. */
export function hookFailure(worker: LiveWorker, container: ContainerLife, handler: Handler | undefined, text: string): string {
  if (handler?.exec) return commandFailure(worker, container, handler.exec.command ?? [], text);
  if (handler?.httpGet) return `HTTP lifecycle hook (${handler.httpGet.path ?? '/'}) ${whose(worker, container)} failed - error: ${text}`;
  return text;
}

const whose = ({ work: { name, namespace, uid } }: LiveWorker, container: ContainerLife) =>
  `for Container "${container.name}" in Pod "${name}_${namespace}(${uid})"`;

function commandFailure(worker: LiveWorker, container: ContainerLife, command: readonly string[], text: string): string {
  const [code = '', ...output] = text.split('\n');
  const message = output.join('\n');
  const exited = /^\d+$/.test(code) ? `command '${command.join(' ')}' exited with ${code}: ` : text;
  return `Exec lifecycle hook ([${command.join(' ')}]) ${whose(worker, container)} failed - error: ${exited}, message: ${JSON.stringify(message)}`;
}
