// A lesson of one's own: read like those of the course, whose tests prove them, and looked through for what can be told wrong without
// running it: lines that kubectl does not understand, placeholders that name nothing, kinds that there are not.
import { builtInKinds } from '../kube/kinds/index.ts';
import { readYaml } from '../kube/yaml.ts';
import { mistakeIn } from '../kubectl/mistakeIn.ts';
import { Field } from '../scenario/field.ts';
import { putInAll } from '../scenario/parts/all.ts';
import { isPlaceholder } from '../scenario/placeholders.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './readLesson.ts';

/** Throws ScenarioError naming line and field. */
export function readOwnLesson(text: string): Lesson {
  putInAll();
  const lesson = readLesson(text);
  const { value, lineOf } = readYaml(text);
  // Which kinds a definition makes is known when it has been run.
  const isKind = /\bCustomResourceDefinition\b/.test(text) ? () => true : (kind: string) => builtInKinds.find(kind) !== undefined;
  check(new Field(value, [], lineOf, 'lesson'), isKind);
  return lesson;
}

type IsKind = (kind: string) => boolean;

function check(field: Field, isKind: IsKind): void {
  const { value } = field;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const each of field.asList()) check(each, isKind);
  else {
    for (const key of Object.keys(value)) {
      const found = field.at(key);
      if (key === 'kubectl') checkLine(found, field.at('stdin'), isKind);
      else if (key === 'try') for (const line of found.asList()) checkLine(line, line.at('stdin'), isKind);
      else if (key === 'object') checkObject(found, isKind);
      // The keys of labels are the author's.
      else if (key !== 'labels') check(found, isKind);
    }
  }
}

/** With a name in the place of each placeholder. */
function placed(field: Field): string {
  return field.asName().replaceAll(/\{\{.*?\}\}/g, (each) => {
    return isPlaceholder(each) ? 'x' : field.fail(`${each} must be as {{pod app=web 0}}: a kind, labels, and which of them, from 0`);
  });
}

function checkLine(field: Field, stdin: Field, isKind: IsKind): void {
  const line = placed(field);
  const mistake = mistakeIn(/^kubectl\b/.test(line) ? line : `kubectl ${line}`, stdin.isThere ? stdin.asText() : undefined);
  if (mistake !== undefined && !(isKind('') && /resource type|no matches for kind/.test(mistake))) field.fail(mistake);
}

function checkObject(field: Field, isKind: IsKind): void {
  const [kind = ''] = placed(field).split('/');
  if (!isKind(kind)) field.fail(`there is no kind ${kind}`);
}
