// Where in a manifest a refusal points to, and how it might be mended: the line that cannot be read, or the line of the field that
// the server names; a field's right spelling, or the label that the selector asks for.
import { type Manifest, readManifests } from '../kube/manifest.ts';
import { ManifestError } from '../kube/manifestError.ts';
import { fieldsOf, typeOfKind } from '../kube/schema/schema.ts';
import type { Refusal } from '../session/session.ts';

export interface Fix {
  /** What the button says: `replicas`, `app=web`. */
  readonly to: string;
  readonly text: string;
}

interface Blame {
  readonly manifest: Manifest;
  readonly field: string;
  readonly isUnknown: boolean;
}

/** 1 for the first line of the text; undefined where the words name no field. */
export function lineOfRefusal(refusal: Refusal): number | undefined {
  const unread = readManifests(refusal.text).find((manifest): manifest is ManifestError => manifest instanceof ManifestError);
  if (unread) return unread.line;
  const blame = blameOf(refusal);
  return blame?.manifest.lineOf(blame.field);
}

/** The change that would mend it, where there is just one that is plain. */
export function fixOf(refusal: Refusal): Fix | undefined {
  const blame = blameOf(refusal);
  if (!blame) return undefined;
  if (blame.isUnknown) return fixSpelling(blame, refusal.text);
  return refusal.stderr.includes('`selector` does not match template `labels`') ? fixLabel(blame.manifest, refusal.text) : undefined;
}

function blameOf({ text, stderr }: Refusal): Blame | undefined {
  const manifests = readManifests(text).filter((manifest): manifest is Manifest => !(manifest instanceof ManifestError));
  const [, kind, name, listed, only] = /The (\w+) "([^"]*)" is invalid: (?:\n\* (\S+): |(\S+): )/.exec(stderr) ?? [];
  const field = listed ?? only;
  if (field) {
    const manifest = manifests.find(({ object }) => object.kind === kind && object.metadata.name === name);
    return manifest && { manifest, field, isUnknown: false };
  }
  const unknown = /(?:unknown|duplicate) field "([^"]+)"/.exec(stderr)?.[1];
  if (unknown === undefined) return undefined;
  // Strict decoding names the field but not the object: it is the first whose line at that field has its key.
  const lines = text.split('\n');
  const manifest = manifests.find((each) => lines[each.lineOf(unknown) - 1]?.includes(lastPart(unknown)));
  return manifest && { manifest, field: unknown, isUnknown: stderr.includes(`unknown field "${unknown}"`) };
}

const lastPart = (field: string): string => field.slice(field.lastIndexOf('.') + 1);

/** The known field beside it that is spelled most like it. */
function fixSpelling({ manifest, field }: Blame, text: string): Fix | undefined {
  const { apiVersion, kind } = manifest.object;
  let type = typeOfKind(apiVersion, kind) ?? '';
  const parts = field.replaceAll(/\[\d+\]/g, '').split('.');
  const wrong = parts.pop() as string;
  for (const part of parts) type = (fieldsOf(type)[part] ?? '').replace(/^[[{]*@?/, '');
  const near = Object.keys(fieldsOf(type))
    .map((name) => ({ name, distance: distanceOf(name.toLowerCase(), wrong.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= name.length / 2.5)
    .sort((a, b) => a.distance - b.distance);
  const [best] = near;
  return best && { to: best.name, text: replaceInLine(text, manifest.lineOf(field), wrong, best.name) };
}

/** The first label that the selector wants otherwise. */
function fixLabel(manifest: Manifest, text: string): Fix | undefined {
  const spec = manifest.object.spec as {
    selector?: { matchLabels?: Record<string, string> };
    template?: { metadata?: { labels?: Record<string, string> } };
  };
  const labels = spec.template?.metadata?.labels ?? {};
  const wanted = Object.entries(spec.selector?.matchLabels ?? {}).find(([key, value]) => key in labels && labels[key] !== value);
  if (!wanted) return undefined;
  const [key, value] = wanted;
  const line = manifest.lineOf(`spec.template.metadata.labels.${key}`);
  return { to: `${key}=${value}`, text: replaceInLine(text, line, labels[key] as string, value) };
}

/** Replaces the last occurrence in a line: a value may look like its key. */
function replaceInLine(text: string, line: number, from: string, to: string): string {
  const lines = text.split('\n');
  const old = lines[line - 1] ?? '';
  const at = old.lastIndexOf(from);
  if (at >= 0) lines[line - 1] = old.slice(0, at) + to + old.slice(at + from.length);
  return lines.join('\n');
}

/** Levenshtein's distance. */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const kept = (row[j - 1] as number) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next[j] = Math.min(kept, (row[j] as number) + 1, (next[j - 1] as number) + 1);
    }
    row = next;
  }
  return row[b.length] as number;
}
