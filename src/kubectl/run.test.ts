import { describe, expect, it } from 'vitest';
import { type Change, type KubeObject, keyOf, type Snapshot } from '../kube/meta.ts';
import type { Client } from './command.ts';
import { startKubectl } from './run.ts';

const pod: KubeObject = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web', namespace: 'default', uid: '1', labels: { app: 'web' } },
  spec: { containers: [{ name: 'web', image: 'nginx' }] },
  status: { phase: 'Running', conditions: [{ type: 'Ready', status: 'False' }] },
};

/** A world that the test changes between two steps of a command. */
function world(objects: KubeObject[]): { client: Client; objects: KubeObject[]; nowMs: number } {
  const state = { objects, nowMs: 0, client: {} as Client };
  const snapshot = (): Snapshot => ({
    seq: 0,
    atMs: state.nowMs,
    get: (kind, key) => state.objects.find((object) => object.kind === kind && keyOf(object) === key),
    list: (kind) => state.objects.filter((object) => object.kind === kind),
    tables: ['Pod'],
  });
  state.client = {
    get nowMs() {
      return state.nowMs;
    },
    snapshot,
    request: (request) => {
      throw new Error(`unexpected ${request.verb}`);
    },
  };
  return state;
}

function run(command: string, state = world([pod]), onWait: (count: number) => boolean = () => false) {
  let text = '';
  let waits = 0;
  const running = startKubectl(command, undefined, state.client);
  for (;;) {
    const step = running.next();
    if (step.done) return { text, exitCode: step.value };
    if (step.value.type === 'stdout') text += step.value.text;
    else if (step.value.type === 'stderr') text += step.value.text;
    else if (!onWait(++waits)) return { text, exitCode: undefined };
  }
}

describe('startKubectl', () => {
  it.each([
    ['get', 'Required resource not specified.'],
    ['get nope', 'error: the server doesn\'t have a resource type "nope"\n'],
    ['get pods,nope', 'error: the server doesn\'t have a resource type "nope"\n'],
    ['get pod nope', 'Error from server (NotFound): pods "nope" not found\n'],
    ['get pod a b', 'Error from server (NotFound): pods "a" not found\nError from server (NotFound): pods "b" not found\n'],
    ['get pods --nope', "error: unknown flag: --nope\nSee 'kubectl get --help' for usage.\n"],
    ['get pods -o', "error: flag needs an argument: 'o' in -o\nSee 'kubectl get --help' for usage.\n"],
    ['get pods -xA', "error: unknown shorthand flag: 'x' in -xA\nSee 'kubectl get --help' for usage.\n"],
    [
      'get pods --watch=perhaps',
      'error: invalid argument "perhaps" for "-w, --watch" flag: strconv.ParseBool: parsing "perhaps": invalid syntax\n',
    ],
    ['gte pods', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n'],
    ['get pods -o nope', 'error: unable to match a printer suitable for the output format "nope", allowed formats are: custom-columns,'],
    [
      'get pods -l a=b=c',
      'Error from server (BadRequest): Unable to find "/v1, Resource=pods" that match label selector "a=b=c", field selector "": found',
    ],
    ['get pods --field-selector a=b', 'field label not supported: a\n'],
    ['get pod web -A', 'error: a resource cannot be retrieved by name across all namespaces\n'],
    [
      'get pods web/x',
      'error: there is no need to specify a resource type as a separate argument when passing arguments in resource/name form',
    ],
    ['get pods --sort-by=.nope', 'error: couldn\'t find any field with path "{.nope}" in the list of objects\n'],
    ['get pods | sort', 'there is no shell here: a pipe (|)'],
    ['rollout status pod/web', 'error: no status viewer has been implemented for Pod\n'],
    ['wait pod/web', 'error: unrecognized condition: ""\n'],
    ['wait pods -l app=nope --for=condition=Ready', 'error: no matching resources found\n'],
  ])('refuses %s in words', (command, words) => {
    const { text, exitCode } = run(command);
    expect(text).toContain(words);
    expect(exitCode).toBe(1);
  });

  it('says that there is nothing, and succeeds', () => {
    expect(run('get pods -n shop')).toEqual({ text: 'No resources found in shop namespace.\n', exitCode: 0 });
    expect(run('get pods -A -l app=nope')).toEqual({ text: 'No resources found\n', exitCode: 0 });
    expect(run('get pod nope --ignore-not-found')).toEqual({ text: '', exitCode: 0 });
  });

  it.each([
    ['get pods -o jsonpath=\'{range .items[*]}{.metadata.name}{"\\t"}{.status.phase}{"\\n"}{end}\'', 'web\tRunning\n'],
    ['get pod web -o jsonpath=\'{.status.conditions[?(@.type=="Ready")].status}\'', 'False'],
    [
      'get pods -o jsonpath=\'{.items[0]["metadata"]}\'',
      'error: error parsing jsonpath {.items[0]["metadata"]}, invalid array index "metadata"\n\n',
    ],
    ["get pod web -o jsonpath='{.spec.containers[-1].name} {..image}'", 'web nginx'],
    ["get pod web -o jsonpath='{.metadata.labels}'", '{"app":"web"}'],
    ['get po web -o custom-columns=NAME:.metadata.name,NODE:.spec.nodeName', 'NAME   NODE\nweb    <none>\n'],
    ['get pod/web -o name', 'pod/web\n'],
  ])('prints %s', (command, text) => {
    expect(run(command).text).toBe(text);
  });
});

describe('kubectl wait', () => {
  const ready = { ...pod, status: { conditions: [{ type: 'Ready', status: 'True' }] } };

  it('goes on until the condition holds', () => {
    const state = world([pod]);
    const result = run('wait pod/web --for=condition=ready', state, (count) => {
      if (count === 3) state.objects = [ready];
      return true;
    });
    expect(result).toEqual({ text: 'pod/web condition met\n', exitCode: 0 });
  });

  it('gives up in time', () => {
    const state = world([pod]);
    const result = run('wait pod/web --for=condition=ready --timeout=5s', state, () => {
      state.nowMs += 1000;
      return true;
    });
    expect(result).toEqual({ text: 'error: timed out waiting for the condition on pods/web\n', exitCode: 1 });
    expect(state.nowMs).toBe(5000);
  });

  it('looks once when there is no time', () => {
    expect(run("wait pod/web --for=jsonpath='{.status.phase}'=Running --timeout=0").exitCode).toBe(0);
    expect(run("wait pod/web --for=jsonpath='{.status.phase}'=Failed --timeout=0").text).toBe('error: condition not met for web\n');
  });

  it('waits for what is to go and for what is to come', () => {
    const state = world([pod]);
    const gone = run('wait pod/web --for=delete', state, () => {
      state.objects = [];
      return true;
    });
    expect(gone.text).toBe('pod/web condition met\n');
    const come = run('wait pod/web --for=create', state, () => {
      state.objects = [pod];
      return true;
    });
    expect(come.text).toBe('pod/web condition met\n');
  });
});

describe('kubectl get --watch', () => {
  const change = (before: KubeObject | undefined, after: KubeObject | undefined): Change => {
    const object = (after ?? before) as KubeObject;
    return { seq: 1, atMs: 0, actor: 'test', verb: 'write', table: object.kind, key: keyOf(object), before, after, cause: undefined };
  };

  it('prints each change of what it was asked for', () => {
    const state = world([pod]);
    const changes: Change[] = [];
    const client = { ...state.client, changes: () => changes };
    const done = { ...pod, status: { phase: 'Succeeded' } };
    const other = { ...pod, metadata: { ...pod.metadata, labels: { app: 'other' } } };
    const command = 'get pods -l app=web -w -o custom-columns=N:.metadata.name,P:.status.phase --no-headers';
    const { text } = run(command, { ...state, client }, (count) => {
      if (count === 1) changes.push(change(pod, done), change(undefined, { ...other, metadata: { ...other.metadata, name: 'else' } }));
      if (count === 2) changes.push(change(done, other));
      return count < 3;
    });
    expect(text.trim().split(/\s+/)).toEqual(['web', 'Running', 'web', 'Succeeded', 'web', 'Succeeded']);
  });
});
