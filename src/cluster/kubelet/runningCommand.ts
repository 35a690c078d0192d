// A command that somebody runs in a container from outside, as it is read; and a person's request to a pod or a Service.
import type { Pod } from '../../kube/kinds/pod.ts';
import type { Service } from '../../kube/kinds/service.ts';
import type { ApiServer } from '../apiServer.ts';
import type { InsideCommand } from '../intents.ts';
import type { HttpRequest } from './shell/world.ts';
import type { PodWork } from './work.ts';

/** The runtime's words for a container that does not run. */
export const CONTAINER_GONE = 'container not found';

/** What the runtime says of a command that could not be started. */
export function execFault(id: string, fault: string): string {
  return `failed to exec in container: failed to start exec "${id}": OCI runtime exec failed: exec failed: unable to start container process: ${fault}`;
}

/** The exit code of a command whose container ended under it. */
const KILLED = 137;
const PERSON_ADDRESS = '192.0.2.1';

export class RunningCommand implements InsideCommand {
  readonly uid: string;
  readonly session: number;
  private readonly work: PodWork;
  private last: InsideCommand['output'] = [];

  constructor(work: PodWork, session: number) {
    this.work = work;
    this.uid = work.uid;
    this.session = session;
  }

  get output(): InsideCommand['output'] {
    this.last = this.work.life?.sandbox?.sessions[this.session]?.output ?? this.last;
    return this.last;
  }

  get exitCode(): number | undefined {
    const session = this.work.life?.sandbox?.sessions[this.session];
    return session ? session.exitCode : KILLED;
  }
}

/** The address of a pod or a Service: `pod/web`, `svc/web`. */
export function addressOf(api: ApiServer, namespace: string, to: string): string | undefined {
  const [kind, name = ''] = to.split('/');
  if (kind === 'svc') return api.get<Service>('Service', namespace, name)?.spec.clusterIP;
  return api.get<Pod>('Pod', namespace, name)?.status.podIP;
}

export function personsRequest(to: string, port: number, path: string): HttpRequest {
  const host = `${to.split('/')[1] ?? to}${port === 80 ? '' : `:${port}`}`;
  return { method: 'GET', host, path, headers: { Host: host, 'User-Agent': 'podarium', Accept: '*/*' }, body: '', from: PERSON_ADDRESS };
}
