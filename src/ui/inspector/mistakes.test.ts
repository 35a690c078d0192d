import { describe, expect, it } from 'vitest';
import { kindsOf } from '../../kube/custom/served.ts';
import { builtInKinds } from '../../kube/kinds/builtIn.ts';
import type { KubeObject } from '../../kube/meta.ts';
import { readEdited, textOf } from './mistakes.ts';

const given: KubeObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'default' },
  spec: {
    replicas: 3,
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'web', image: 'nginx:1.25' }] } },
  },
};
const live = { ...(builtInKinds.find('Deployment')?.defaults?.(given) ?? given), status: { replicas: 3 } };

const WORDS = { oneObject: 'one object' };

const lineWith = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1;

describe('readEdited', () => {
  it('reads back what it wrote without a mistake', () => {
    for (const part of ['object', 'template'] as const) {
      expect(readEdited(textOf(live, part), { live, part, kinds: builtInKinds }, WORDS)).toMatchObject({
        object: { kind: 'Deployment', spec: live.spec },
        mistakes: [],
      });
    }
  });

  it('puts an edited template into the live object', () => {
    const text = textOf(live, 'template').replace('nginx:1.25', 'nginx:1.27');
    const { object } = readEdited(text, { live, part: 'template', kinds: builtInKinds }, WORDS);
    expect(object).toMatchObject({ spec: { replicas: 3, template: { spec: { containers: [{ image: 'nginx:1.27' }] } } } });
  });

  it('wants one object, no more and no less', () => {
    const text = textOf(live, 'object');
    for (const given of ['', `${text}---\n${text}`])
      expect(readEdited(given, { live, part: 'object', kinds: builtInKinds }, WORDS)).toEqual({
        object: undefined,
        mistakes: [{ line: 1, text: WORDS.oneObject }],
      });
  });

  it('names the line of a broken indent, in the part that is edited', () => {
    const text = `${textOf(live, 'template')}  broken: [1\n`;
    const { object, mistakes } = readEdited(text, { live, part: 'template', kinds: builtInKinds }, WORDS);
    expect(object).toBeUndefined();
    expect(mistakes[0]?.line).toBeGreaterThan(1);
    expect(mistakes[0]?.line).toBeLessThanOrEqual(text.split('\n').length);
  });

  it('names the line of a field that the server does not know', () => {
    const text = textOf(live, 'object').replace('replicas:', 'replikas:');
    expect(readEdited(text, { live, part: 'object', kinds: builtInKinds }, WORDS).mistakes).toEqual([
      { line: lineWith(text, 'replikas'), text: 'unknown field "spec.replikas"' },
    ]);
  });

  it('names the line of a value that the server refuses', () => {
    const text = textOf(live, 'object').replace('replicas: 3', 'replicas: -1');
    const [mistake] = readEdited(text, { live, part: 'object', kinds: builtInKinds }, WORDS).mistakes;
    expect(mistake).toEqual({
      line: lineWith(text, 'replicas: -1'),
      text: 'spec.replicas: Invalid value: -1: must be greater than or equal to 0',
    });
  });

  it('reads an object of a kind that a person defined by its own schema', () => {
    const definition = {
      apiVersion: 'apiextensions.k8s.io/v1',
      kind: 'CustomResourceDefinition',
      metadata: { name: 'shirts.stable.example.com' },
      spec: {
        group: 'stable.example.com',
        scope: 'Namespaced',
        names: { plural: 'shirts', kind: 'Shirt' },
        versions: [
          { name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { properties: { spec: { required: ['size'] } } } } },
        ],
      },
      status: { acceptedNames: { plural: 'shirts', kind: 'Shirt' }, conditions: [{ type: 'Established', status: 'True' }] },
    };
    const kinds = kindsOf({ list: () => [definition] });
    const shirt = { apiVersion: 'stable.example.com/v1', kind: 'Shirt', metadata: { name: 'a', namespace: 'default' }, spec: {} };
    const text = textOf(shirt, 'object');
    expect(readEdited(text, { live: shirt, part: 'object', kinds }, WORDS).mistakes).toEqual([
      { line: lineWith(text, 'spec:'), text: 'spec.size: Required value' },
    ]);
  });
});
