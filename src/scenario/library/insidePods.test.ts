// Each scenario shows what it promises: the statements of the concept page about containers of one pod, as they run.
import { describe, expect, it } from 'vitest';
import { POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { Snapshot } from '../../kube/meta.ts';
import { NO_BUDGET } from '../../session/playback.ts';
import { World } from '../../session/world.ts';
import { gracefulEnd, initFirst, livenessRestart, outOfMemory, portClash, sidecarOutlives, twoContainers } from './insidePods.ts';
import type { LibraryScenario } from './library.ts';

interface Look {
  readonly pod: Pod | undefined;
  readonly inside: PodInside | undefined;
  /** Of init and main containers alike. */
  status(container: string): ContainerStatus;
  log(container: string): readonly string[];
}

/** Looks at the scenario's pod at moments in seconds, in order. */
function watch(scenario: LibraryScenario): (seconds: number) => Look {
  const world = new World({ scenario, seed: 1, onTerminal: () => {}, onEdit: () => {} });
  return (seconds) => {
    world.runOn(seconds * 1000, NO_BUDGET);
    return lookAt(world.cluster.snapshot(), scenario);
  };
}

function lookAt(snapshot: Snapshot, scenario: LibraryScenario): Look {
  const key = scenario.select?.(snapshot) ?? '';
  const pod = snapshot.get('Pod', key) as Pod | undefined;
  const inside = snapshot.get(POD_INSIDE, key.replace('Pod', POD_INSIDE)) as PodInside | undefined;
  const { containerStatuses = [], initContainerStatuses = [] } = pod?.status ?? {};
  return {
    pod,
    inside,
    status: (container) => [...initContainerStatuses, ...containerStatuses].find(({ name }) => name === container) as ContainerStatus,
    log: (container) => inside?.containers[container]?.log.flatMap(({ lines }) => lines.map(({ text }) => text)) ?? [],
  };
}

describe('two-containers', () => {
  it('serves what the sidecar writes, and a crash of the sidecar leaves pod, files and neighbour as they are', () => {
    const at = watch(twoContainers);
    const before = at(59);
    expect(before.inside?.volumes['site']?.get('/index.html')?.text).toMatch(/^<h1>Edition \d+<\/h1>\n$/);
    expect(before.log('web').join('\n')).toContain('"GET / HTTP/1.1" 200');
    const after = at(66);
    expect(after.status('content-sync').restartCount).toBe(1);
    expect(after.status('web').restartCount).toBe(0);
    expect(after.pod?.metadata.uid).toBe(before.pod?.metadata.uid);
    expect(after.pod?.status.podIP).toBe(before.pod?.status.podIP);
    expect(after.inside?.volumes['site']?.has('/style.css')).toBe(true);
  });
});

describe('init-first', () => {
  it('starts the app when both init containers have ended, one after the other', () => {
    const at = watch(initFirst);
    expect(at(15).status('write-config').state.waiting?.reason).toBe('PodInitializing');
    expect(at(15).log('wait-for-db').at(-1)).toBe('waiting for db');
    expect(at(25).status('wait-for-db').state.terminated?.exitCode).toBe(0);
    expect(at(40).log('myapp')).toEqual(['db=db:5432', 'the app runs']);
  });
});

describe('sidecar-outlives', () => {
  it('stops the sidecar after the app, so that its last line is shipped', () => {
    const at = watch(sidecarOutlives);
    const ending = at(33);
    expect(ending.status('log-shipper').state.running).toBeDefined();
    expect(at(35.9).log('log-shipper')).toContain('closing the shop');
    expect(at(45).pod).toBeUndefined();
  });
});

describe('port-clash', () => {
  it('lets the first server run and the second fail again and again', () => {
    const look = watch(portClash)(60);
    expect(look.status('first').restartCount).toBe(0);
    expect(look.status('second').restartCount).toBeGreaterThanOrEqual(3);
    expect(look.log('second').join('\n')).toContain('Address already in use');
    expect(look.inside?.containers['first']?.ports).toEqual([80]);
  });
});

describe('liveness', () => {
  it('restarts the container in the same pod when the probe has failed three times', () => {
    const at = watch(livenessRestart);
    const before = at(30);
    const after = at(60);
    expect([before, after].map((look) => look.status('liveness').restartCount)).toEqual([0, 1]);
    expect(after.pod?.metadata.uid).toBe(before.pod?.metadata.uid);
  });
});

describe('oom', () => {
  it('kills the container at its limit and no other', () => {
    const look = watch(outOfMemory)(25);
    expect(look.status('hungry').state.terminated ?? look.status('hungry').lastState.terminated).toMatchObject({
      exitCode: 137,
      reason: 'OOMKilled',
    });
    expect(look.status('neighbour').restartCount).toBe(0);
  });
});

describe('graceful-end', () => {
  it('runs the hook, lets the one finish that hears SIGTERM, and kills the deaf one when the grace period is over', () => {
    const at = watch(gracefulEnd);
    expect(at(22).inside?.volumes['state']?.has('/door')).toBe(true);
    expect(at(45).log('polite')).toEqual(['open', 'SIGTERM came, finishing', 'bye']);
    const end = at(51);
    expect([end.status('polite').state.terminated?.exitCode, end.status('deaf').state.terminated?.exitCode]).toEqual([0, 137]);
    expect(at(56).pod).toBeUndefined();
  });
});
