// Where in a manifest a refusal points to: the line that cannot be read, or the line of the field that the server names.
import { type Manifest, ManifestError, readManifests } from '../kube/manifest.ts';
import type { Refusal } from '../session/session.ts';

/** 1 for the first line of the text; undefined where the words name no field. */
export function lineOfRefusal({ text, stderr }: Refusal): number | undefined {
  const manifests = readManifests(text);
  const unread = manifests.find((manifest): manifest is ManifestError => manifest instanceof ManifestError);
  if (unread) return unread.line;
  const read = manifests.filter((manifest): manifest is Manifest => !(manifest instanceof ManifestError));
  const [, kind, name, only, listed] = /The (\w+) "([^"]*)" is invalid: (?:\n\* (\S+): |(\S+): )/.exec(stderr) ?? [];
  const field = only ?? listed;
  if (field) return read.find(({ object }) => object.kind === kind && object.metadata.name === name)?.lineOf(field);
  const unknown = /(?:unknown|duplicate) field "([^"]+)"/.exec(stderr)?.[1];
  return unknown === undefined ? undefined : lineOfUnknown(unknown, read, text);
}

/** Strict decoding names the field but not the object: it is the first whose line at that field has its key. */
function lineOfUnknown(field: string, manifests: readonly Manifest[], text: string): number | undefined {
  const lines = text.split('\n');
  const key = field.slice(field.lastIndexOf('.') + 1);
  return manifests.map((manifest) => manifest.lineOf(field)).find((line) => lines[line - 1]?.includes(key));
}
