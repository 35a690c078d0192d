// Loads what the picture shows around owners, where there may be any.
import type { PartName } from '../scenario/parts/all.ts';
import { putIn } from '../scenario/parts/part.ts';

/** The parts without which no world has such objects. */
const WITH_AROUND: readonly PartName[] = ['limits', 'scaling', 'services', 'sets'];

/** Whether worlds that need these parts may have any. */
export function hasAround(parts: readonly PartName[]): boolean {
  return parts.some((part) => WITH_AROUND.includes(part));
}

/** For worlds that need these parts. */
export async function loadAround(parts: readonly PartName[]): Promise<void> {
  if (hasAround(parts)) putIn((await import('./around.ts')).around);
}
