// From the text of a scenario file to a scenario, with the line of every mistake.
import { ManifestError } from '../kube/manifestError.ts';
import { readYaml } from '../kube/yaml.ts';
import { ScenarioError } from './field.ts';
import { readScenario, type Scenario } from './scenario.ts';

/** Throws ScenarioError naming line and field. */
export function parseScenario(text: string): Scenario {
  try {
    const { value, lineOf } = readYaml(text);
    return readScenario(value, lineOf);
  } catch (error) {
    if (error instanceof ManifestError) throw new ScenarioError(`line ${error.line}: ${error.message}`);
    throw error;
  }
}
