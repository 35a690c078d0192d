// A container whose end has all containers of its pod run anew: what is told meanwhile, what stays and what does not.
import { describe, expect, it } from 'vitest';
import { insideOf } from '../../kube/inside.ts';
import type { ContainerStatus, Pod } from '../../kube/kinds/pod.ts';
import { testCluster } from '../testCluster.ts';

const POD = `
apiVersion: v1
kind: Pod
metadata: {name: worker}
spec:
  restartPolicy: Never
  volumes: [{name: work, emptyDir: {}}]
  initContainers:
  - {name: setup, image: "busybox:1.36", command: [sh, -c, echo set up], volumeMounts: [{name: work, mountPath: /work}]}
  containers:
  - name: trigger
    image: busybox:1.36
    restartPolicy: Never
    restartPolicyRules: [{action: RestartAllContainers, exitCodes: {operator: In, values: [42]}}]
    command: [sh, -c, 'if [ -f /work/once ]; then sleep 3600; else touch /work/once /own; sleep 5; exit 42; fi']
    volumeMounts: [{name: work, mountPath: /work}]
  - {name: deaf, image: "busybox:1.36", command: [sh, -c, 'ls /own; sleep 3600; true'], lifecycle: {preStop: {sleep: {seconds: 20}}}}
`;

const stateOf = ({ state, restartCount }: ContainerStatus) => {
  const [[name, details] = ['', undefined]] = Object.entries(state ?? {});
  return `${(details as { reason?: string } | undefined)?.reason ?? name} ${restartCount}`;
};

function story(pods: readonly Pod[]): readonly string[] {
  const rows = pods.map(({ status }) => {
    const restarting = status.conditions?.find(({ type }) => type === 'AllContainersRestarting')?.status;
    const states = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])].map(stateOf);
    return [status.phase, restarting, ...states].join(' · ');
  });
  return rows.filter((row, i) => row !== rows[i - 1]);
}

describe('RestartAllContainers', () => {
  const test = testCluster({ nodes: 1, seed: 3, runtime: { scripts: true } });
  test.apply(POD);
  test.cluster.runUntil(30_000);
  const pods = test.cluster.changes.filter(({ key }) => key === 'Pod/default/worker').map(({ after }) => after as Pod);
  const running = pods.findIndex(({ status }) => status.phase === 'Running');
  const last = pods.at(-1) as Pod;

  it('removes all containers, tells so, and begins with the init containers', () => {
    expect(story(pods.slice(running))).toEqual([
      'Running · False · Completed 0 · running 0 · running 0',
      'Running · True · Completed 0 · running 0 · Error 0',
      'Pending · False · RestartingAllContainers 1 · RestartingAllContainers 1 · RestartingAllContainers 1',
      'Pending · False · running 1 · PodInitializing 1 · PodInitializing 1',
      'Pending · False · Completed 1 · PodInitializing 1 · PodInitializing 1',
      'Running · False · Completed 1 · running 1 · running 1',
    ]);
  });

  it('gives two seconds without hooks, keeps address, volumes and logs, and not what containers wrote for themselves', () => {
    const at = (state: string) =>
      test.cluster.changes.find(({ after }) => JSON.stringify((after as Pod | undefined)?.status ?? '').includes(state))?.atMs ?? 0;
    const killed = at('RestartingAllContainers') - at('RestartAllContainersStarted');
    expect(killed).toBeGreaterThanOrEqual(2000);
    expect(killed).toBeLessThan(2500);
    expect(last.status.podIP).toBe(pods[running]?.status.podIP);
    expect(last.status.conditions?.find(({ type }) => type === 'Initialized')?.status).toBe('True');
    expect(last.status.containerStatuses?.[0]?.lastState).toMatchObject({
      terminated: { exitCode: 137, reason: 'RestartingAllContainers', startedAt: null },
    });
    const inside = insideOf(test.cluster.snapshot(), 'default', 'worker');
    expect(inside?.volumes['work']?.has('/once')).toBe(true);
    expect(inside?.containers['trigger']?.layer.has('/own')).toBe(false);
    expect(inside?.containers['setup']?.log.map(({ lines }) => lines.map(({ text }) => text))).toEqual([['set up'], ['set up']]);
  });
});
