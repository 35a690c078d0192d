// What happened in a pod while it was advanced, for the kubelet to act on and for the picture to show.

export type ExitReason = 'Completed' | 'Error' | 'OOMKilled';

export type Happening =
  | { readonly type: 'exit'; readonly box: string; readonly exitCode: number; readonly reason: ExitReason }
  | { readonly type: 'session'; readonly id: number; readonly exitCode: number }
  | { readonly type: 'print'; readonly box: string }
  /** A file was read or written; the disk is empty for the container's own layer. */
  | { readonly type: 'read' | 'write'; readonly box: string; readonly disk: string; readonly path: string }
  /** Ports were opened or closed. */
  | { readonly type: 'ports'; readonly box: string }
  /** A child was killed for want of memory, and the container goes on. */
  | { readonly type: 'oom'; readonly box: string }
  | {
      readonly type: 'request';
      readonly box: string;
      readonly port: number;
      readonly from: string;
      readonly path: string;
      readonly status: number;
    }
  /** A request to somebody outside the pod, and what came of it. */
  | { readonly type: 'sent'; readonly box: string; readonly to: string; readonly path: string; readonly status: number };
