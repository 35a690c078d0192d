// Reads what stands in an editor and finds its mistakes as one types: YAML, unknown fields, and the server's own rules, each with
// its line. What the editor shows may be a whole object or only its pod template.
import { decodeStrict } from '../../kube/decode.ts';
import { ApiError } from '../../kube/errors.ts';
import type { KindTable } from '../../kube/kindTable.ts';
import { type Manifest, readManifests } from '../../kube/manifest.ts';
import { ManifestError } from '../../kube/manifestError.ts';
import { type KubeObject, tableOf } from '../../kube/meta.ts';
import { toYaml } from '../../kube/yamlText.ts';
import { putInAll } from '../../scenario/parts/all.ts';
import type { Mistake } from './YamlEditor.tsx';

// An object of any kind may stand in an editor, before the engine has come.
putInAll();

export type EditedPart = 'object' | 'template';

/** An editor's text, read: the object it stands for, or why it stands for none. */
export interface Reading {
  readonly object: KubeObject | undefined;
  readonly mistakes: readonly Mistake[];
}

/** The text with which an editor of this part begins: what a person may change, without what the server keeps. */
export function textOf(object: KubeObject, part: EditedPart): string {
  if (part === 'template') return toYaml(templateIn(object));
  const { status: _status, ...rest } = object;
  const { resourceVersion: _version, ...metadata } = rest.metadata;
  return toYaml({ ...rest, metadata });
}

interface EditedPlace {
  readonly live: KubeObject;
  readonly part: EditedPart;
  readonly kinds: KindTable;
}

/** Reads the text as this part of `live` and checks it as an update of `live`; `words` tell of what the server would not come to see. */
export function readEdited(text: string, { live, part, kinds }: EditedPlace, words: { readonly oneObject: string }): Reading {
  const [whole, linesBefore] = part === 'template' ? wrapTemplate(text, live) : [text, 0];
  const manifests = readManifests(whole, 'edited-file');
  const [first] = manifests;
  if (manifests.length !== 1 || !first) return { object: undefined, mistakes: [{ line: 1, text: words.oneObject }] };
  const here = (line: number) => Math.max(1, line - linesBefore);
  if (first instanceof ManifestError) return { object: undefined, mistakes: [{ line: here(first.line), text: first.message }] };
  const object = part === 'template' ? withTemplateOf(live, first.object) : { ...first.object, status: live.status };
  const mistakes = mistakesOf(object, live, first, kinds);
  return { object, mistakes: mistakes.map((mistake) => ({ ...mistake, line: here(mistake.line) })) };
}

type Nested = Readonly<Record<string, unknown>>;

/** Where a kind keeps the template of its pods. */
const templatePath = ({ kind }: KubeObject): readonly string[] =>
  kind === 'CronJob' ? ['spec', 'jobTemplate', 'spec', 'template'] : ['spec', 'template'];

function templateIn(object: KubeObject): unknown {
  return templatePath(object).reduce<unknown>((value, name) => (value as Nested | undefined)?.[name], object);
}

function replacedAt(object: Nested, [name, ...rest]: readonly string[], value: unknown): Nested {
  if (name === undefined) return value as Nested;
  return { ...object, [name]: replacedAt((object[name] ?? {}) as Nested, rest, value) };
}

function wrapTemplate(text: string, live: KubeObject): [string, number] {
  const head = toYaml({
    apiVersion: live.apiVersion,
    kind: live.kind,
    metadata: { name: live.metadata.name, namespace: live.metadata.namespace },
  });
  const path = templatePath(live);
  const lines = text.split('\n').map((line) => (line.trim() ? '  '.repeat(path.length) + line : line));
  const before = head + path.map((name, depth) => `${'  '.repeat(depth)}${name}:\n`).join('');
  return [before + lines.join('\n'), before.split('\n').length - 1];
}

function withTemplateOf(live: KubeObject, edited: KubeObject): KubeObject {
  return replacedAt(live as unknown as Nested, templatePath(live), templateIn(edited) ?? {}) as unknown as KubeObject;
}

function mistakesOf(object: KubeObject, live: KubeObject, manifest: Manifest, kinds: KindTable): Mistake[] {
  const kind = kinds.find(tableOf(object));
  if (!kind) return [{ line: manifest.line, text: `no matches for kind "${object.kind}" in version "${object.apiVersion}"` }];
  try {
    const decoded = decodeStrict(object, true, kinds);
    const full = kind.defaults?.(decoded) ?? decoded;
    const errors = kind.validateUpdate?.(full, live) ?? kind.validate?.(full) ?? [];
    return errors.map(({ field, text }) => ({ line: manifest.lineOf(field), text: `${field}: ${text}` }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return unknownFields(error.message, manifest);
  }
}

/** `strict decoding error: unknown field "spec.x", unknown field "spec.y"`: one mistake a field. */
function unknownFields(message: string, manifest: Manifest): Mistake[] {
  const fields = [...message.matchAll(/(?:unknown|duplicate) field "([^"]+)"/g)].map(([text, field]) => ({
    line: manifest.lineOf(field ?? ''),
    text,
  }));
  return fields.length > 0 ? fields : [{ line: manifest.line, text: message }];
}
