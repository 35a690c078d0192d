// The small pictures of an answer, in letters: `A A B:pending` is two cookies of template A and one of B that waits. A dot is a
// pod that no template cut, an underscore an empty place, and brackets are a node: `[A B] [A]`; `[A:lost]!` is a silent one.

const PICTURE_STATES = [
  'ready',
  'notReady',
  'pending',
  'scheduled',
  'terminating',
  'crashed',
  'succeeded',
  'failed',
  'evicted',
  'lost',
] as const;
export type PictureState = (typeof PICTURE_STATES)[number];

export interface PicturePod {
  /** Empty for a pod cut by hand, undefined for an empty place. */
  readonly letter: string | undefined;
  readonly state: PictureState;
}

export interface PictureTray {
  readonly pods: readonly PicturePod[];
  readonly isSilent: boolean;
}

export type Picture = readonly (PicturePod | PictureTray)[];

/** Undefined for a text that is no picture. */
export function readPicture(text: string): Picture | undefined {
  const parts = text.match(/\[[^\]]*\]!?|\S+/g) ?? [];
  const picture = parts.map((part) => (part.startsWith('[') ? readTray(part) : readPod(part)));
  return picture.length > 0 && picture.every((part) => part !== undefined) ? picture : undefined;
}

export function isTray(part: PicturePod | PictureTray): part is PictureTray {
  return 'pods' in part;
}

function readTray(text: string): PictureTray | undefined {
  const [, inside, silence] = /^\[(.*)\](!?)$/.exec(text) ?? [];
  const pods = inside?.match(/\S+/g)?.map(readPod) ?? [];
  return inside !== undefined && pods.every((pod) => pod !== undefined) ? { pods, isSilent: silence === '!' } : undefined;
}

function readPod(text: string): PicturePod | undefined {
  const [, letter, name = 'ready'] = /^([A-H._])(?::(\w+))?$/.exec(text) ?? [];
  const state = PICTURE_STATES.find((each) => each === name);
  if (letter === undefined || state === undefined) return undefined;
  return { letter: letter === '_' ? undefined : letter === '.' ? '' : letter, state };
}
