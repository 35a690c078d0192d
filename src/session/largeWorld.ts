// Commands that ask for more pods than a page can well hold: how many they ask for, and the same with fewer.

/** So many are made without a question. */
export const PODS_MAX = 20_000;
/** What a running pod takes in the browser's memory, with its history. */
const BYTES_A_POD = 6000;
/** `--replicas=5`, `replicas: 5`, `"replicas":5`. */
const COUNTS = /(--replicas[= ]|(?:replicas|parallelism)"?:\s*)(\d+)/g;

export function podsAskedFor(text: string): number {
  let pods = 0;
  for (const [, , count] of text.matchAll(COUNTS)) pods += Number(count);
  return pods;
}

export const megabytesFor = (pods: number): number => Math.round((pods * BYTES_A_POD) / 1e6);

export function withFewerPods(text: string): string {
  return text.replace(COUNTS, (_whole, before: string, count: string) => before + String(Math.min(Number(count), PODS_MAX)));
}
