// What the machine and the network around a pod give to the programs in it. The kubelet implements it; nothing of it is saved.
import type { Disk } from './disk.ts';

/** A request of HTTP, as far as the programs here speak it. */
export interface HttpRequest {
  readonly method: string;
  /** The host as the client named it, with its port if it named one. */
  readonly host: string;
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Who asks: an address. */
  readonly from: string;
  /** How often it was sent, once more with each that passes it on. */
  readonly hops?: number;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** How long the server takes over it. */
  readonly afterMs: number;
}

/** Why nobody answered, in the words of connect(2) and getaddrinfo(3) said shortly. */
export type NetworkFault = 'bad-address' | 'refused' | 'unreachable' | 'timeout' | 'reset';

/** What a name server knows of a name. */
export interface Resolved {
  /** The whole name. */
  readonly name: string;
  /** The name that it stands for, where it is another name for that. */
  readonly canonicalName?: string;
  readonly addresses: readonly string[];
}

export interface World {
  readonly nowMs: number;
  /** Programs (`program.ts`) that only its machine has, by the names that images call them. */
  readonly programs?: Readonly<Record<string, { run(call: never): unknown }>>;
  /** A number in [0, 1) of the stream with this name. */
  random(stream: string): number;
  /** A disk that does not live in the pod: of its machine, of the cluster, or made of the API server's objects. */
  disk(key: string): Disk | undefined;
  /** A host name as the name servers of this pod know it; localhost and the pod itself are known already. */
  resolve(host: string): Resolved | undefined;
  /** An address of another pod, of a Service or of a machine. */
  connect(address: string, port: number): 'open' | NetworkFault;
  request(address: string, port: number, request: HttpRequest): HttpAnswer | NetworkFault;
}
