// A lesson of one's own: read like those of the course, whose tests prove them, and looked through for what can be told wrong without
// running it: lines that kubectl does not understand, placeholders that name nothing, kinds that there are not.
import { builtInKinds } from '../kube/kinds/builtIn.ts';
import { mistakeIn } from '../kubectl/mistakeIn.ts';
import type { Field } from '../scenario/field.ts';
import { putInAll } from '../scenario/parts/all.ts';
import { isPlaceholder } from '../scenario/placeholders.ts';
import { readFile } from '../scenario/readFile.ts';
import type { Lesson } from './lesson.ts';
import { readLesson } from './readLesson.ts';

/** Throws ScenarioError naming line and field. */
export function readOwnLesson(text: string): Lesson {
  putInAll();
  const lesson = readLesson(text);
  // Which kinds a definition makes is known when it has been run.
  check(readFile(text, 'lesson'), /\bCustomResourceDefinition\b/.test(text));
  return lesson;
}

function check(field: Field, hasOwnKinds: boolean): void {
  const { value } = field;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) for (const each of field.asList()) check(each, hasOwnKinds);
  else {
    for (const key of Object.keys(value)) {
      const found = field.at(key);
      if (key === 'kubectl') checkLine(found, field.at('stdin'), hasOwnKinds);
      else if (key === 'try') for (const line of found.asList()) checkLine(line, line.at('stdin'), hasOwnKinds);
      else if (key === 'object') checkObject(found, hasOwnKinds);
      // The keys of labels are the author's.
      else if (key !== 'labels') check(found, hasOwnKinds);
    }
  }
}

/** With a name in the place of each placeholder. */
function placed(field: Field): string {
  return field.asName().replaceAll(/\{\{.*?\}\}/g, (each) => {
    return isPlaceholder(each) ? 'x' : field.fail('placeholder', each);
  });
}

function checkLine(field: Field, stdin: Field, hasOwnKinds: boolean): void {
  const line = placed(field);
  const mistake = mistakeIn(/^kubectl\b/.test(line) ? line : `kubectl ${line}`, stdin.isThere ? stdin.asText() : undefined);
  if (mistake !== undefined && !(hasOwnKinds && /resource type|no matches for kind/.test(mistake))) field.fail('kubectl', mistake);
}

function checkObject(field: Field, hasOwnKinds: boolean): void {
  const [kind = ''] = placed(field).split('/');
  if (!hasOwnKinds && !builtInKinds.find(kind)) field.fail('kind', kind);
}
