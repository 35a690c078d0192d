// A disk: what a claim gives a pod. It stands beside the pod, joined by a line, because it is not the pod's: it stays when the pod goes.
import type { Pod } from '../kube/kinds/pod.ts';
import { textWidth } from './captions.ts';
import { caption, group, type Mark, mark } from './mark.ts';

const WIDTH = 13;
const LINE = 22;
const NAME = { size: 11.5, isMono: true };

export function claimOf({ spec }: Pod): string | undefined {
  for (const volume of spec.volumes ?? []) {
    const claim = volume['persistentVolumeClaim'] as { readonly claimName?: string } | undefined;
    if (claim?.claimName) return claim.claimName;
  }
  return undefined;
}

/** Beside a pod of this diameter, as much of line, disk and name as there is room for. */
export function diskBeside(claim: string, d: number, room: number, isLost: boolean): Mark[] {
  if (room < WIDTH + 8) return [];
  const named = LINE + WIDTH + 6 + textWidth(claim, NAME) <= room;
  const length = named ? LINE : Math.min(LINE, Math.max(5, (room - WIDTH) / 2));
  const x = d / 2 + length + WIDTH / 2;
  const stroke = { d: `M${d / 2 + 2} 0H${x - WIDTH / 2}`, stroke: isLost ? 'var(--ink3)' : 'var(--ink2)', 'stroke-width': 1.3 };
  return [
    mark('path', isLost ? { ...stroke, 'stroke-dasharray': '3 2.4' } : stroke),
    group({ transform: `translate(${x} 0)` }, disk(!isLost)),
    ...(named ? [caption(claim, x + WIDTH / 2 + 6, 4, { ...NAME, fill: 'var(--ink2)' })] : []),
  ];
}

/** Around 0,0, 13 wide and 17 high. */
export function disk(isInUse: boolean): Mark[] {
  const line = { fill: 'none', stroke: isInUse ? 'var(--ink2)' : 'var(--ink3)', 'stroke-width': 1.3 };
  return [mark('path', { d: 'M-6.5 -6V6a6.5 2.6 0 0 0 13 0V-6', ...line }), mark('ellipse', { cy: -6, rx: 6.5, ry: 2.6, ...line })];
}
