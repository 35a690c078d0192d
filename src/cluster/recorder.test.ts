import { describe, expect, it } from 'vitest';
import type { Event } from '../kube/kinds/event.ts';
import { Simulation } from '../sim/simulation.ts';
import { ApiServer } from './apiServer.ts';
import { Recorder } from './recorder.ts';

const web = { kind: 'ReplicaSet', apiVersion: 'apps/v1', namespace: 'default', name: 'web', uid: 'u1', resourceVersion: '7' };

function setUp() {
  const sim = new Simulation({ seed: 1 });
  const api = new ApiServer(sim, { freeze: true });
  const recorder = new Recorder(api);
  const tell = (message: string, about = web, component = 'replicaset-controller') =>
    recorder.record({ component }, about, 'Normal', component === 'default-scheduler' ? 'FailedScheduling' : 'SuccessfulCreate', message);
  const events = () => api.list<Event>('Event').map(({ count, message }) => `${count} ${message}`);
  return { sim, api, recorder, tell, events };
}

describe('Recorder', () => {
  it('counts the same event up', () => {
    const { sim, api, tell, events } = setUp();
    tell('Created pod: a');
    sim.runUntil(5000);
    tell('Created pod: a');
    expect(events()).toEqual(['2 Created pod: a']);
    const [event] = api.list<Event>('Event');
    expect([event?.firstTimestamp, event?.lastTimestamp]).toEqual(['2026-01-01T00:00:00Z', '2026-01-01T00:00:05Z']);
  });

  it('combines from the tenth different message on, and shows the last', () => {
    const { tell, events } = setUp();
    for (let i = 1; i <= 12; i++) tell(`Created pod: ${i}`);
    expect(events().slice(8)).toEqual(['1 Created pod: 9', '3 (combined from similar events): Created pod: 12']);
  });

  it('drops what is told too often about one object, and lets one through every five minutes', () => {
    const { sim, tell, events } = setUp();
    for (let i = 1; i <= 40; i++) tell('Created pod: a');
    expect(events()).toEqual(['25 Created pod: a']);
    sim.runUntil(300_000);
    tell('Created pod: a');
    tell('Created pod: a');
    expect(events()).toEqual(['41 Created pod: a']);
  });

  it('begins a series for the scheduler when nothing about the pod has changed', () => {
    const { api, tell } = setUp();
    tell('no room', web, 'default-scheduler');
    tell('no room', { ...web, resourceVersion: '8' }, 'default-scheduler');
    tell('no room', { ...web, resourceVersion: '8' }, 'default-scheduler');
    tell('no room', { ...web, resourceVersion: '8' }, 'default-scheduler');
    const [first, second] = api.list<Event>('Event');
    expect([first?.count, first?.series, first?.action]).toEqual([1, undefined, 'Scheduling']);
    expect([second?.count, second?.series?.count]).toEqual([2, 2]);
  });

  it('goes on counting after it was saved and loaded', () => {
    const { api, recorder, tell, events } = setUp();
    tell('Created pod: a');
    const again = new Recorder(api);
    again.load(structuredClone(recorder.save()));
    again.record({ component: 'replicaset-controller' }, web, 'Normal', 'SuccessfulCreate', 'Created pod: a');
    expect(events()).toEqual(['2 Created pod: a']);
  });
});
