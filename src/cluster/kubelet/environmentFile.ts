// A variable that a container before wrote into a file of a volume: lines of NAME='value'. Models pkg/kubelet/util/env/env.go and
// pkg/kubelet/kubelet_pods.go (makeEnvironmentVariables).
import type { FileKeyRef, Pod } from '../../kube/kinds/pod.ts';

export interface VolumeFiles {
  readonly pod: Pod;
  /** What a file of a volume holds. */
  file(volume: string, path: string): string | undefined;
}

type FileVariable =
  | { readonly type: 'value'; readonly text: string }
  /** Why its container cannot be made. */
  | { readonly type: 'problem'; readonly text: string }
  | { readonly type: 'none' };

const UNREADABLE: FileVariable = { type: 'problem', text: "couldn't parse env file" };

export function fileVariable({ volumeName, path, key, optional }: FileKeyRef, { pod, file }: VolumeFiles): FileVariable {
  if (!pod.spec.volumes?.some(({ name }) => name === volumeName)) {
    return { type: 'problem', text: `cannot find the volume "${volumeName}" referenced by FileKeyRef` };
  }
  const value = valueIn(file(volumeName, path), key);
  if (value === undefined) return UNREADABLE;
  if (value !== '') return { type: 'value', text: value };
  if (optional) return { type: 'none' };
  const place = `/var/lib/kubelet/pods/${pod.metadata.uid}/volumes/kubernetes.io~empty-dir/${volumeName}/${path}`;
  return { type: 'problem', text: `environment variable key "${key}" not found in file "${place}"` };
}

/** `NAME='…'`, of several lines where the quotes span them, and a comment. A blank after `=` leaves the variable empty. */
const ASSIGNMENT = /([^=\n]*[^=\s])=(?:[ \t].*|'([^']*)'[ \t]*(?:#.*)?)(?:\n|$)/y;
const NOTHING = /[ \t]*(?:#.*)?(?:\n|$)/y;

/** Empty where the file does not have it; undefined where there is no such file, or a line of another form before it. */
function valueIn(text: string | undefined, key: string): string | undefined {
  if (text === undefined) return undefined;
  for (let at = 0; at < text.length; ) {
    const line = matchAt(NOTHING, text, at) ?? matchAt(ASSIGNMENT, text, at + (/^[ \t]*/.exec(text.slice(at))?.[0].length ?? 0));
    if (!line) return undefined;
    if (line[1] === key) return line[2] ?? '';
    at = line.index + line[0].length;
  }
  return '';
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
