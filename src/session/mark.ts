// What a link tells of its run beside how to make it again: a sum over it, and the build that made it. A build whose run comes out
// differently cannot show that world, and says which one can.
import { hash32 } from '../base/random.ts';
import { POD_INSIDE } from '../kube/inside.ts';
import type { Change, Snapshot } from '../kube/meta.ts';
import type { Session } from './session.ts';

/** How many changes the run had, a sum over them and over what stood at its end, and the build. */
export interface Mark {
  readonly seq: number;
  readonly sum: number;
  readonly build: string;
}

export function isMark(value: unknown): value is Mark {
  const { seq, sum, build } = (value ?? {}) as Partial<Record<keyof Mark, unknown>>;
  return typeof seq === 'number' && typeof sum === 'number' && typeof build === 'string' && build.length < 60;
}

/** `311.1i5g2kd.0.1.0-92313f3`: short enough for an address. */
export const writeMark = ({ seq, sum, build }: Mark): string => `${seq}.${sum.toString(36)}.${build}`;

export function readMark(text: string): Mark | undefined {
  const [, seq, sum, build] = /^(\d{1,9})\.([\da-z]{1,7})\.([\w.-]{1,59})$/.exec(text) ?? [];
  return build === undefined ? undefined : { seq: Number(seq), sum: Number.parseInt(sum as string, 36), build };
}

/** Of the moment shown. */
export function markOf({ store, cluster }: Session, build: string): Mark {
  const { snapshot } = store.getState();
  return { seq: snapshot.seq, sum: sumOf(cluster.changes, snapshot), build };
}

/** Whether the run as it was at a moment is the one that the link was made of. */
export function isSameWorld({ cluster }: Session, { seq, sum }: Mark, atMs: number): boolean {
  const view = cluster.viewAt(atMs);
  return view.seq === seq && sumOf(cluster.changes, view) === sum;
}

/** Over what was changed, when and to which version, and all that stood in the end. No tape holds what goes on inside pods. */
function sumOf(changes: readonly Change[], view: Snapshot): number {
  let sum = 0;
  for (let i = 0; i < view.seq; i++) {
    const { atMs, verb, key, after } = changes[i] as Change;
    sum = hash32(`${atMs} ${verb} ${key} ${after?.metadata?.resourceVersion ?? ''}`, sum);
  }
  // In whatever order they are kept.
  for (const table of view.tables) if (table !== POD_INSIDE) for (const object of view.list(table)) sum += sumOfValue(object);
  return sum >>> 0;
}

/** Which member was written first is no difference. */
function sumOfValue(value: unknown): number {
  if (typeof value !== 'object' || value === null) return hash32(String(value));
  if (Array.isArray(value)) return value.reduce((sum: number, item) => (Math.imul(sum, 31) + sumOfValue(item)) | 0, 1);
  let sum = 0;
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name];
    if (member !== undefined) sum = (sum + Math.imul(hash32(name) | 1, sumOfValue(member))) | 0;
  }
  return sum;
}
