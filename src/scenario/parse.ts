// From the text of a scenario file to a scenario, with the line of every mistake.
import { isNode, LineCounter, parseDocument } from 'yaml';
import { type Path, readScenario, type Scenario, ScenarioError } from './scenario.ts';

/** Throws ScenarioError naming line and field. */
export function parseScenario(text: string): Scenario {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [problem] = document.errors;
  if (problem) throw new ScenarioError(`line ${lines.linePos(problem.pos[0]).line}: ${problem.message}`);
  const lineOf = (path: Path): number | undefined => {
    // A field that is missing is looked for where it should be: in what holds it.
    for (let length = path.length; length >= 0; length--) {
      const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
      if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
    }
    return undefined;
  };
  return readScenario(document.toJS(), lineOf);
}
