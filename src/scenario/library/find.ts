// Finds a scenario of the menu. The one that everybody begins with is here; the others come with a part of the program.
import { Late } from '../../base/late.ts';
import { cookieCutter } from './cookieCutter.ts';
import type { LibraryScenario } from './library.ts';
import { scenarioNames } from './names.ts';

export const wholeLibrary = new Late<readonly LibraryScenario[]>('library');

export const DEFAULT_SCENARIO = cookieCutter;

export function findScenario(name: string): LibraryScenario | undefined {
  if (name === DEFAULT_SCENARIO.name) return DEFAULT_SCENARIO;
  return scenarioNames.some((each) => each === name) ? wholeLibrary.get().find((scenario) => scenario.name === name) : undefined;
}
