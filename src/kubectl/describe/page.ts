// What a description is written on: indented lines whose tabs become aligned columns, and the blocks that many kinds share.
// Models kubectl/pkg/describe/describe.go: PrefixWriter, printLabelsMultiline, printAnnotationsMultiline, tolerations, taints.

import type { Taint } from '../../kube/kinds/node.ts';
import type { Toleration } from '../../kube/kinds/pod.ts';
import { EPOCH_MS, fromTimestamp, type KubeObject, type Snapshot, type StringMap } from '../../kube/meta.ts';
import { align, DESCRIPTION } from '../tabwriter.ts';

/** What a describer may look at beside its object. */
export interface Surroundings {
  readonly nowMs: number;
  readonly snapshot: Snapshot;
  readonly isWithEvents: boolean;
  /** When the lease of a node was last renewed; undefined for a node that has none. Left out where leases are not known. */
  readonly leaseRenewMs?: (nodeName: string) => number | undefined;
}

/** Describes one object. */
export type Describer = (object: never, page: Page, around: Surroundings) => void;

export class Page {
  private aligned = '';
  private text = '';

  /** Writes without a line end. */
  write(level: number, text: string): void {
    this.text += '  '.repeat(level) + text;
  }

  line(level: number, text: string): void {
    this.write(level, `${text}\n`);
  }

  field(level: number, title: string, value: string | number | boolean): void {
    this.line(level, `${title}:\t${value}`);
  }

  /** What was written so far is aligned by itself. */
  flush(): void {
    this.aligned += align(this.text, DESCRIPTION);
    this.text = '';
  }

  /** The text with its tabs as they are. */
  get raw(): string {
    return this.aligned + this.text;
  }

  toString(): string {
    this.flush();
    return this.aligned;
  }

  /** `Title:  a=1`, one pair a line under each other, sorted. */
  labels(title: string, labels: StringMap | undefined): void {
    this.lines(
      title,
      Object.keys(labels ?? {})
        .sort()
        .map((key) => `${key}=${labels?.[key]}`),
    );
  }

  /** The same for annotations; long values and values of several lines go under their key, cut to 140 letters. */
  annotations(title: string, annotations: StringMap | undefined): void {
    const keys = Object.keys(annotations ?? {})
      .filter((key) => key !== 'kubectl.kubernetes.io/last-applied-configuration')
      .sort();
    this.lines(
      title,
      keys.map((key) => {
        const value = (annotations?.[key] ?? '').replace(/\n$/, '');
        if (value.length + key.length + 2 <= LINE_MAX && !value.includes('\n')) return `${key}: ${value}`;
        return [`${key}:`, ...value.split('\n').map((line) => `\t  ${shortened(line, LINE_MAX - 2)}`)].join('\n');
      }),
    );
  }

  tolerations(title: string, tolerations: readonly Toleration[] | undefined): void {
    this.lines(title, [...(tolerations ?? [])].sort(byText(({ key }) => key ?? '')).map(tolerationText));
  }

  taints(title: string, taints: readonly Taint[] | undefined): void {
    this.lines(title, [...(taints ?? [])].sort(byText(({ effect, key }) => `${effect},${key}`)).map(taintText));
  }

  /** A title with its first line beside it and the others under that. */
  lines(title: string, lines: readonly string[]): void {
    this.line(0, `${title}:\t${lines.length === 0 ? '<none>' : lines.join('\n\t')}`);
  }
}

const LINE_MAX = 140;

const shortened = (text: string, max: number): string => (text.length > max ? `${text.slice(0, max)}...` : text);

export function byText<T>(textOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => (textOf(a) < textOf(b) ? -1 : textOf(a) > textOf(b) ? 1 : 0);
}

export function taintText({ key, value, effect }: Taint): string {
  return value ? `${key}=${value}:${effect}` : effect ? `${key}:${effect}` : key;
}

function tolerationText({ key, value, effect, operator, tolerationSeconds }: Toleration): string {
  const start = `${key ?? ''}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`;
  const exists = operator === 'Exists' && !value ? (start ? ' op=Exists' : 'op=Exists') : '';
  return `${start}${exists}${tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`}`;
}

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A Kubernetes timestamp as Go's RFC1123Z; a missing one is the year 1, as Go prints a zero time. */
export function dateOf(timestamp: string | null | undefined): string {
  if (!timestamp) return 'Mon, 01 Jan 0001 00:00:00 +0000';
  return dateOfMs(fromTimestamp(timestamp));
}

/** Virtual milliseconds as Go's RFC1123Z. */
export function dateOfMs(ms: number): string {
  const date = new Date(EPOCH_MS + ms);
  const two = (value: number): string => String(value).padStart(2, '0');
  const day = `${DAYS[date.getUTCDay()]}, ${two(date.getUTCDate())} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
  return `${day} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())} +0000`;
}

/** `ReplicaSet/web-7cdf` of the owner that controls an object; empty without one. */
export function controllerText({ metadata }: KubeObject): string {
  const owner = metadata.ownerReferences?.find((reference) => reference.controller);
  return owner ? `${owner.kind}/${owner.name}` : '';
}
