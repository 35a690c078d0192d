import { describe, expect, it } from 'vitest';
import { crowd, ended, modelOf, pictured, running } from '../../scene/inside/testPods.ts';
import { isStartedAgain, trialsFor } from './breakIt.ts';

const linesOf = (trials: ReturnType<typeof trialsFor>) => trials.map(({ line, fault }) => line ?? fault?.type);

describe('trialsFor', () => {
  it('words every trial as the kubectl line that does it', () => {
    expect(linesOf(trialsFor(pictured(100_000)))).toEqual([
      'exitContainer',
      'exitContainer',
      'send',
      'fillMemory',
      'kubectl exec web-5f9c7-d3m9x -c content-sync -- wget -qO- http://localhost:80/',
      'kubectl exec web-5f9c7-d3m9x -c content-sync -- httpd -f -p 80',
      'kubectl exec web-5f9c7-d3m9x -c web -- kill 1',
      'kubectl exec web-5f9c7-d3m9x -c content-sync -- rm /data/index.html',
      'kubectl delete pod web-5f9c7-d3m9x --wait=false',
    ]);
  });

  it('fills the memory of a container that has a limit', () => {
    expect(trialsFor(crowd({ mains: 1, isRich: true }))).toContainEqual({
      trial: 'fill',
      what: 'container-a',
      fault: expect.objectContaining({ type: 'fillMemory', container: 'container-a', bytes: 128 * 2 ** 20 }),
    });
  });

  it('knows whether the kubelet starts again what was ended', () => {
    const model = (restartPolicy: 'Always' | 'OnFailure' | 'Never') =>
      modelOf({ spec: { containers: [{ name: 'web', image: 'nginx' }], restartPolicy } }, 5000);
    const again = (trial: 'crash' | 'kill' | 'ask') =>
      (['Always', 'OnFailure', 'Never'] as const).map((policy) => isStartedAgain({ trial, what: 'web' }, model(policy)));
    expect(again('crash')).toEqual([true, true, false]);
    expect(again('kill')).toEqual([true, false, false]);
    expect(again('ask')).toEqual([undefined, undefined, undefined]);
  });

  it('breaks nothing that does not run, and says where the pod is', () => {
    const spec = {
      containers: [
        { name: 'a', image: 'nginx' },
        { name: 'b', image: 'nginx' },
      ],
    };
    const model = modelOf({ spec, statuses: [ended('a', 0, 1000, 1), running('b', 1000)], metadata: { namespace: 'shop' } }, 5000);
    const trials = trialsFor(model);
    expect(trials.map(({ trial, what }) => `${trial} ${what}`)).toEqual(['crash b', 'delete web-5f9c7-d3m9x']);
    expect(trials.at(-1)?.line).toBe('kubectl delete pod web-5f9c7-d3m9x -n shop --wait=false');
  });
});
