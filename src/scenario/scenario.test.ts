import { describe, expect, test } from 'vitest';
import { parseScenario } from './parse.ts';
import { ScenarioError } from './scenarioError.ts';

const problemOf = (text: string) => {
  try {
    parseScenario(text);
  } catch (error) {
    if (error instanceof ScenarioError) return error.message;
    throw error;
  }
  return undefined;
};

describe('parseScenario', () => {
  test('reads machines, timings and every kind of step', () => {
    const { machines, runtime, steps } = parseScenario(`
name: demo
nodes:
  - {name: node-1, cpu: "2", memory: 4Gi, pods: 10, labels: {zone: a}, taints: ["dedicated=web:NoSchedule"]}
runtime: {startup: 3s, shutdown: 500ms, pull: 2s}
camera: ignored
steps:
  - kubectl: get pods
    timeout: 8s
    settle: false
  - wait: 1m30s
  - node: {fail: node-1}
    settle: 7s
  - node: {add: {name: node-2}}
  - runtime: {startup: 1s}
`);
    expect(machines).toEqual([
      { name: 'node-1', cpu: '2', memory: '4Gi', pods: 10, labels: { zone: 'a' }, taints: ['dedicated=web:NoSchedule'] },
    ]);
    expect(runtime).toEqual({ startupMs: 3000, shutdownMs: 500, pullMs: 2000 });
    expect(steps.map(({ source: _source, ...step }) => step)).toEqual([
      { type: 'kubectl', command: 'get pods', stdin: undefined, timeoutMs: 8000, settleMs: false, settleMaxMs: 90_000 },
      { type: 'wait', waitMs: 90_000 },
      { type: 'node', action: { type: 'fail', name: 'node-1' }, settleMs: 7000, settleMaxMs: 90_000 },
      { type: 'node', action: { type: 'add', machine: { name: 'node-2' } }, settleMs: 3000, settleMaxMs: 90_000 },
      { type: 'runtime', runtime: { startupMs: 1000 }, settleMs: 3000, settleMaxMs: 90_000 },
    ]);
  });

  test.each([
    ['a wrong duration', 'steps:\n  - wait: soon', 'line 2: steps[0].wait: must be a duration such as 5s'],
    ['a step that is two', 'steps:\n  - wait: 1s\n    kubectl: get pods', 'line 2: steps[0]: must be one of kubectl, node, wait, runtime'],
    ['a machine without a name', 'nodes:\n  - cpu: "4"', 'line 2: nodes[0].name: must be text'],
    ['a wrong quantity', 'nodes:\n  - name: a\n    memory: much', 'line 3: nodes[0].memory: must be a quantity such as 500m or 8Gi'],
    ['a list where a map belongs', '- 1', 'line 1: scenario: must be a map'],
  ])('names line and field of %s', (_, text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test('names the line of broken YAML', () => {
    expect(problemOf('name: a\nsteps: [')).toMatch(/^line \d+: /);
  });
});
