// The short hash that names the ReplicaSets (and later the revisions) of a template: same template, same hash.
// Models controller.ComputeHash (pkg/controller/controller_utils.go) and apimachinery/pkg/util/rand/rand.go SafeEncodeString.
// Limitation: upstream hashes a dump of the Go struct, this hashes sorted JSON, so the letters differ from a real cluster's.
import { hash32 } from '../../base/random.ts';

const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** `collisionCount` makes another hash of the same template when the first was taken. */
export function templateHash(template: unknown, collisionCount?: number): string {
  const hash = hash32(sortedJson(template) + (collisionCount === undefined ? '' : `#${collisionCount}`));
  let text = '';
  for (const digit of String(hash)) text += ALPHABET[digit.charCodeAt(0) % ALPHABET.length];
  return text;
}

function sortedJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sortedJson).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([key, field]) => `${JSON.stringify(key)}:${sortedJson(field)}`).join()}}`;
}
