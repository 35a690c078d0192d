// Asking a container how it is: by a command in it, a request to it, a connection, or its health service.
// Models pkg/kubelet/prober/prober.go and pkg/probe/{exec,http,tcp,grpc}.
import type { Probe } from '../../kube/kinds/pod.ts';
import { digestOf } from './images.ts';
import type { LiveWorker } from './liveWorker.ts';
import type { ContainerLife, ProbeAnswer, ProbeLife, Target } from './podLife.ts';
import { portOf } from './ports.ts';
import { execFault } from './runningCommand.ts';
import { GRPC_HEALTH } from './shell/network.ts';
import { own } from './shell/own.ts';

/** What is kept of a command's output. */
const OUTPUT_LETTERS_MAX = 10 * 1024;

const WELL: ProbeAnswer = { isSuccess: true, output: '' };

/** What runs there is an image's own program that nothing is known of: it is taken to be well. */
function isUnknown({ life: { sandbox } }: LiveWorker, { name }: ContainerLife): boolean {
  const main = sandbox?.processes.find(({ id }) => id === sandbox.boxes[name]?.main);
  return main?.body.type === 'program' && main.body.program === 'unknown';
}

/** The answer, or the session of the command that will give it. */
export function askProbe(worker: LiveWorker, container: ContainerLife, probe: Probe): ProbeAnswer | number {
  if (probe.exec) {
    const started = worker.exec(container.name, probe.exec.command ?? []);
    if (typeof started === 'number') return started;
    if (isUnknown(worker, container)) return WELL;
    return { isSuccess: false, isError: true, output: execError(worker, container, started) };
  }
  if (isUnknown(worker, container)) return WELL;
  const timeoutMs = (probe.timeoutSeconds ?? 1) * 1000;
  if (probe.httpGet) return askHttp(worker, container, probe.httpGet, timeoutMs);
  if (probe.tcpSocket) return dial(worker, probe.tcpSocket.host, portOf(container.spec, probe.tcpSocket.port));
  if (probe.grpc) return askGrpc(worker, probe.grpc.port, timeoutMs);
  return WELL;
}

/** What the kubelet is told of a command that could not be started. */
export function execError({ nowMs }: LiveWorker, { seen }: ContainerLife, fault: string): string {
  return `rpc error: code = Unknown desc = ${execFault(digestOf(`${seen[0]?.id ?? ''} ${nowMs}`), fault)}`;
}

/** What was said in the end; undefined while an answer is under way, or a command runs and may. */
export function probeAnswer(
  worker: LiveWorker,
  probe: Probe,
  { session, answer, untilMs }: NonNullable<ProbeLife['asking']>,
): ProbeAnswer | undefined {
  if (session === undefined) return worker.nowMs < untilMs ? undefined : answer;
  const ended = worker.sessionOutcome(session);
  if (ended) return { isSuccess: ended.exitCode === 0, output: ended.output.slice(0, OUTPUT_LETTERS_MAX) };
  if (worker.nowMs < untilMs) return undefined;
  worker.endSession(session);
  const command = (probe.exec?.command ?? []).join(' ');
  return { isSuccess: false, output: `command timed out: "${command}" timed out after ${probe.timeoutSeconds ?? 1}s` };
}

function askHttp(worker: LiveWorker, container: ContainerLife, get: NonNullable<Probe['httpGet']>, timeoutMs: number): ProbeAnswer {
  const { url, host, port, path } = targetOf(worker, container, get);
  const answer = worker.requestHttp(host, port, path, 'kube-probe/1.36');
  if (answer === 'timeout' || (typeof answer !== 'string' && answer.afterMs >= timeoutMs)) {
    const output = `Get "${url}": context deadline exceeded (Client.Timeout exceeded while awaiting headers)`;
    return { isSuccess: false, output, afterMs: timeoutMs };
  }
  if (typeof answer === 'string') return { isSuccess: false, output: `Get "${url}": ${dialText(host, port, answer)}` };
  const { status, afterMs } = answer;
  const isSuccess = status >= 200 && status < 400;
  return { isSuccess, output: isSuccess ? '' : `HTTP probe failed with statuscode: ${status}`, afterMs };
}

/** Where a request of the kubelet goes: the pod, unless it names another host. */
export function targetOf(worker: LiveWorker, container: ContainerLife, get: NonNullable<Probe['httpGet']>): Target {
  const port = portOf(container.spec, get.port);
  const host = get.host || worker.life.sandbox?.ip || '';
  const path = get.path?.startsWith('/') ? get.path : `/${get.path ?? ''}`;
  return { url: `${(get.scheme ?? 'HTTP').toLowerCase()}://${host}:${port}${path}`, host, port, path };
}

function dial(worker: LiveWorker, givenHost: string | undefined, port: number): ProbeAnswer {
  const host = givenHost || worker.life.sandbox?.ip || '';
  const found = worker.dial(host, port);
  return { isSuccess: found === 'open', output: found === 'open' ? '' : dialText(host, port, found) };
}

/** Where a health service is asked, as a path of HTTP. */
const HEALTH_PATH = '/grpc.health.v1.Health/Check';

/** Whoever does not speak gRPC, or does not listen, is tried again until the time is over. */
function askGrpc(worker: LiveWorker, port: number, timeoutMs: number): ProbeAnswer {
  const host = worker.life.sandbox?.ip ?? '';
  const answer = worker.requestHttp(host, port, HEALTH_PATH, 'kube-probe/1.36');
  const health = typeof answer === 'string' ? undefined : own(answer.headers, GRPC_HEALTH);
  if (health === 'SERVING') return WELL;
  const output =
    health === undefined
      ? `timeout: failed to connect service "${host}:${port}" within ${timeoutMs / 1000}s: context deadline exceeded`
      : `service unhealthy (responded with "${health}")`;
  return { isSuccess: false, output, afterMs: health === undefined ? timeoutMs : 0 };
}

const FAULTS: Readonly<Record<string, string>> = {
  refused: 'connect: connection refused',
  unreachable: 'connect: no route to host',
  timeout: 'i/o timeout',
  reset: 'read: connection reset by peer',
};

/** In the words of Go's net package. */
export function dialText(host: string, port: number, fault: string): string {
  if (fault === 'bad-address') return `dial tcp: lookup ${host}: no such host`;
  return `dial tcp ${host}:${port}: ${FAULTS[fault] ?? fault}`;
}
