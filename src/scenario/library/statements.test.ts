// The statements of the concept page about a pod and what is in it, each proved on the scenario of the menu that shows it.
// @module-tag long
import { describe, expect, it } from 'vitest';
import { POD_INSIDE, type PodInside } from '../../kube/inside.ts';
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import type { Key } from '../../kube/meta.ts';
import { NO_BUDGET } from '../../session/playback.ts';
import { World } from '../../session/world.ts';
import { findScenario } from './find.ts';
import type { LibraryScenario } from './library.ts';
import type { ScenarioName } from './names.ts';

class Shown {
  private readonly world: World;
  private readonly scenario: LibraryScenario;

  constructor(name: ScenarioName) {
    this.scenario = findScenario(name) as LibraryScenario;
    this.world = new World({ scenario: this.scenario, seed: 1, onTerminal: () => {}, onEdit: () => {} });
  }

  /** The pod that the scenario is about, or another, at a second. */
  at(seconds: number, key: Key = this.key(seconds)) {
    this.runTo(seconds);
    const snapshot = this.world.cluster.snapshot();
    const pod = snapshot.get('Pod', key) as Pod | undefined;
    const inside = snapshot.get(POD_INSIDE, key.replace('Pod', POD_INSIDE)) as PodInside | undefined;
    const statuses = [...(pod?.status.initContainerStatuses ?? []), ...(pod?.status.containerStatuses ?? [])];
    return {
      pod,
      inside,
      status: (name: string) => statuses.find((status) => status.name === name) as ContainerStatus,
      file: (volume: string, path: string) => inside?.volumes[volume]?.get(path)?.text,
      log: (name: string) => inside?.containers[name]?.log.flatMap(({ lines }) => lines.map(({ text }) => text)) ?? [],
    };
  }

  pods(seconds: number): readonly Pod[] {
    this.runTo(seconds);
    return this.world.cluster.snapshot().list('Pod') as readonly Pod[];
  }

  exec(container: string, ...command: string[]): string {
    const [, namespace = '', pod = ''] = this.key().split('/');
    const running = this.world.cluster.exec({ namespace, pod, container, command });
    this.runTo(this.world.cluster.sim.nowMs / 1000 + 1);
    return typeof running === 'string' ? running : running.output.map(({ text }) => text).join('');
  }

  private key(seconds?: number): Key {
    if (seconds !== undefined) this.runTo(seconds);
    return this.scenario.select?.(this.world.cluster.snapshot()) ?? '';
  }

  private runTo(seconds: number): void {
    this.world.runOn(seconds * 1000, NO_BUDGET);
  }
}

/** What makes a pod the pod that it is. */
const identity = (pod: Pod | undefined) => [pod?.metadata.name, pod?.metadata.uid, pod?.status.podIP, pod?.spec.nodeName];
/** Every node a pod was ever seen on. */
const nodesOf = (shown: Shown, seconds: readonly number[]) => {
  const nodes = new Map<string, Set<string>>();
  for (const second of seconds) {
    for (const { metadata, spec } of shown.pods(second)) {
      if (spec.nodeName) nodes.set(metadata.uid ?? '', (nodes.get(metadata.uid ?? '') ?? new Set()).add(spec.nodeName));
    }
  }
  return [...nodes.values()].map((names) => names.size);
};

describe('statements', () => {
  it('1 and 12: the sample pod is one thing with one IP; it says hello, sleeps an hour, and its container is started again', () => {
    const shown = new Shown('sample-pod');
    const early = shown.at(20);
    expect(early.log('hello')).toEqual(['Hello Kubernetes!']);
    expect([early.pod?.status.phase, early.pod?.status.podIPs?.length]).toEqual(['Running', 1]);
    const late = shown.at(3620);
    expect(late.status('hello').restartCount).toBe(1);
    expect(late.status('hello').lastState.terminated).toMatchObject({ exitCode: 0, reason: 'Completed' });
    expect(identity(late.pod)).toEqual(identity(early.pod));
  });

  it('2: one container is the common case, several are possible', () => {
    expect(new Shown('sample-pod').at(10).pod?.spec.containers).toHaveLength(1);
    expect(new Shown('two-containers').at(30).pod?.spec.initContainers?.map(({ name }) => name)).toContain('content-sync');
  });

  it('3: the sidecar refreshes the files that the web server serves', () => {
    const shown = new Shown('two-containers');
    const first = shown.at(20).file('site', '/index.html');
    expect(first).toMatch(/^<h1>Edition \d+<\/h1>\n$/);
    expect(shown.exec('web', 'curl', '-s', 'http://localhost/')).toBe(first);
    expect(shown.at(30).file('site', '/index.html')).not.toBe(first);
  });

  it('4: containers of a pod are on one node, start together, and end together within one grace period', () => {
    const shown = new Shown('graceful-end');
    const started = ['polite', 'deaf'].map((name) => Date.parse(shown.at(10).status(name).state.running?.startedAt ?? ''));
    expect(Math.abs((started[0] ?? 0) - (started[1] ?? 0))).toBeLessThanOrEqual(1000);
    expect(shown.at(49.5).pod?.metadata.deletionGracePeriodSeconds).toBe(30);
    expect(shown.at(55).pod).toBeUndefined();
  });

  it('5: one port space: localhost reaches the neighbour, and a second server on its port fails', () => {
    const shown = new Shown('port-clash');
    const look = shown.at(30);
    expect(look.status('second').restartCount).toBeGreaterThan(0);
    expect(look.log('second').join('\n')).toContain('Address already in use');
    const edited = new Shown('image-edited');
    edited.at(10);
    expect(edited.exec('clock', 'wget', '-qO-', 'http://localhost/')).toContain('Welcome to nginx!');
  });

  it('6: data survives a restart of its container; an emptyDir goes with the pod, a claim does not', () => {
    const shown = new Shown('data-survives');
    const lines = (text = '') => text.split('\n').filter(Boolean).length;
    const crashed = shown.at(30);
    expect(crashed.status('writer').restartCount).toBe(1);
    expect([crashed.file('pod', '/log'), crashed.file('claim/default/diary', '/log')].map(lines)).toEqual([2, 2]);
    const anew = shown.at(56);
    expect(anew.pod?.metadata.uid).not.toBe(crashed.pod?.metadata.uid);
    expect([anew.file('pod', '/log'), anew.file('claim/default/diary', '/log')].map(lines)).toEqual([1, 3]);
  });

  it('7: a pod stays on its node until it ends, is deleted, evicted, or the node fails', () => {
    const [evicted, dark, deleted] = (['memory-pressure', 'node-goes-dark', 'naked-pod'] as const).map((name) => new Shown(name));
    for (const shown of [evicted, dark, deleted])
      expect(new Set(nodesOf(shown as Shown, [10, 30, 45, 60, 120, 400]))).toEqual(new Set([1]));
    expect(evicted?.pods(400).map(({ status }) => status.reason)).toContain('Evicted');
    expect(deleted?.pods(400).map(({ metadata }) => metadata.name)).not.toContain('alone');
    const onDark = dark?.pods(430).filter(({ spec, metadata }) => spec.nodeName === 'node-b' && metadata.deletionTimestamp) ?? [];
    expect(onDark.map(({ metadata }) => metadata.name)).toContain('debug');
    const ended = new Shown('job-tries').pods(60).map(({ status }) => status.phase);
    expect(ended).toContain('Failed');
  });

  it('8: restarting a container is not restarting the pod', () => {
    const shown = new Shown('liveness');
    const before = shown.at(20);
    const after = shown.at(60);
    expect([before, after].map((look) => look.status('liveness').restartCount)).toEqual([0, 1]);
    expect(identity(after.pod)).toEqual(identity(before.pod));
  });

  it('14: a pod states what its containers shall be: an edited image starts its container anew, in the same pod', () => {
    const shown = new Shown('image-edited');
    const before = shown.at(19);
    const after = shown.at(40);
    expect(after.status('web')).toMatchObject({ image: expect.stringContaining('nginx:1.28'), restartCount: 1 });
    expect(after.status('clock').restartCount).toBe(0);
    expect(identity(after.pod)).toEqual(identity(before.pod));
  });

  it('15: the hook runs first, then SIGTERM is sent, and SIGKILL when the grace period is over', () => {
    const shown = new Shown('graceful-end');
    expect(shown.at(22).file('state', '/door')).toBe('draining\n');
    const endings = (seconds: number) => ['polite', 'deaf'].map((name) => shown.at(seconds).inside?.containers[name]?.ending);
    expect(endings(22)).toEqual(['hook', 'term']);
    expect(shown.at(24).log('polite')).not.toContain('SIGTERM came, finishing');
    expect(shown.at(32).log('polite')).toContain('SIGTERM came, finishing');
    expect(endings(32)).toEqual(['term', 'term']);
    const end = shown.at(51);
    expect(['polite', 'deaf'].map((name) => end.status(name).state.terminated?.exitCode)).toEqual([0, 137]);
  });
});
