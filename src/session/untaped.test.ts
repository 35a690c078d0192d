// @module-tag long
import { expect, it } from 'vitest';
import { library } from '../scenario/library/index.ts';
import { partsNeededBy, tapedScenarios } from './recordTape.ts';
import { untapedParts } from './untaped.ts';

it('names the parts of every scenario that has no tape', () => {
  const found = library
    .filter((scenario) => !tapedScenarios.includes(scenario))
    .map((scenario) => [scenario.name, partsNeededBy(scenario)]);
  expect(untapedParts).toEqual(Object.fromEntries(found));
});
