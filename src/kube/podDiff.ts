// How a change of a pod that is refused is shown: line by line, in the server's inner shape.
import { goEphemeralContainer, goIndented, goPodSpec } from './goPodSpec.ts';
import type { Container, PodSpec } from './kinds/pod.ts';
import { unifiedDiff } from './lineDiff.ts';

export function podSpecDiff(before: PodSpec, after: PodSpec): string {
  return unifiedDiff(goIndented(goPodSpec(before)), goIndented(goPodSpec(after)));
}

export function ephemeralContainerDiff(before: Container, after: Container): string {
  return unifiedDiff(goIndented(goEphemeralContainer(before)), goIndented(goEphemeralContainer(after)));
}
