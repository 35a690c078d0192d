// From the text of a scenario file to a scenario, with the line of every mistake.
import { readFile } from './readFile.ts';
import { readScenario, type Scenario } from './scenario.ts';

/** Throws ScenarioError naming line and field. */
export function parseScenario(text: string): Scenario {
  return readScenario(readFile(text, 'scenario'));
}
