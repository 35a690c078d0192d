import { describe, expect, it } from 'vitest';
import { type Manifest, readManifests } from './manifest.ts';
import { ManifestError } from './manifestError.ts';
import { readYaml, writeYaml } from './yaml.ts';
import { toYaml } from './yamlText.ts';

const onlyError = (text: string) => {
  const [first, ...rest] = readManifests(text);
  expect(rest).toEqual([]);
  expect(first).toBeInstanceOf(ManifestError);
  return first as ManifestError;
};

describe('readManifests', () => {
  it('reads documents and Lists in order, with the lines of their fields', () => {
    const text = `# web
apiVersion: v1
kind: Pod
metadata:
  name: a
spec:
  containers:
  - name: c
    image: nginx
---
# nothing here
---
apiVersion: v1
kind: List
items:
- {apiVersion: v1, kind: Pod, metadata: {name: b}}
- {apiVersion: v1, kind: Pod, metadata: {name: c}}
`;
    const manifests = readManifests(text) as Manifest[];
    expect(manifests.map(({ object, line }) => [object.metadata.name, line])).toEqual([
      ['a', 2],
      ['b', 16],
      ['c', 17],
    ]);
    expect(manifests[0]?.lineOf('spec.containers[0].image')).toBe(9);
    expect(manifests[0]?.lineOf('spec.containers[0].ports[0].hostPort')).toBe(8);
  });

  it('reads YAML 1.1 as Kubernetes does: octal numbers, yes and no, but neither times nor sexagesimals', () => {
    const [manifest] = readManifests(
      '{apiVersion: v1, kind: X, data: {mode: 0644, on: yes, at: 12:30:45, day: 2026-01-01, here: ., twice: 1, twice: 2}}',
    );
    expect((manifest as Manifest).object).toMatchObject({
      data: { mode: 420, true: true, at: '12:30:45', day: '2026-01-01', here: '.', twice: 2 },
    });
  });

  it('reads objects of JSON that follow each other, and lists of one kind', () => {
    const text =
      '{"apiVersion":"v1","kind":"X","metadata":{"name":"a"}}\n{"apiVersion": "v1", "kind": "XList",\n "items": [{"metadata": {"name": "}{"}}]}';
    const manifests = readManifests(text) as Manifest[];
    expect(manifests.map(({ object, line }) => [object.kind, object.metadata.name, line])).toEqual([
      ['X', 'a', 1],
      ['X', '}{', 3],
    ]);
    expect(onlyError('{"apiVersion":"v1"} x').message).toContain('error parsing STDIN');
  });

  it('takes an escaped single quote between double quotes, as Go does', () => {
    const [manifest] = readManifests('apiVersion: v1\nkind: X\ndata:\n  a: "say \\\'one\\\'\\n"\n  b: 2\n') as Manifest[];
    expect(manifest?.object).toMatchObject({ data: { a: "say 'one'\n" } });
    expect(manifest?.lineOf('data.b')).toBe(5);
  });

  const mistakes: readonly (readonly [name: string, text: string, line: number, message: string])[] = [
    [
      'two colons',
      'kind: Pod\na: b: c',
      2,
      'error parsing STDIN: error converting YAML to JSON: yaml: line 2: mapping values are not allowed in this context',
    ],
    [
      'a tab',
      'kind: Pod\nmetadata:\n\tname: x\n',
      3,
      'error parsing STDIN: error converting YAML to JSON: yaml: line 3: found character that cannot start any token',
    ],
    [
      'a lost indent',
      'kind: Pod\nmetadata:\n  name: x\n labels: y\n',
      4,
      'error parsing STDIN: error converting YAML to JSON: yaml: line 3: did not find expected key',
    ],
    [
      'an unknown anchor',
      'kind: Pod\nspec: *x\n',
      2,
      "error parsing STDIN: error converting YAML to JSON: yaml: unknown anchor 'x' referenced",
    ],
    [
      'plain text',
      'hello',
      1,
      'error validating "STDIN": error validating data: invalid object to validate; if you choose to ignore these errors, turn validation off with --validate=false',
    ],
    [
      'no kind',
      'a: b',
      1,
      'error validating "STDIN": error validating data: [apiVersion not set, kind not set]; if you choose to ignore these errors, turn validation off with --validate=false',
    ],
    [
      'a number as label',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: p, labels: {app: 5}}',
      1,
      'unable to decode "STDIN": json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string',
    ],
  ];
  it.each(mistakes)('tells of %s with its line', (_name, text, line, message) => {
    const error = onlyError(text);
    expect(error.message).toBe(message);
    expect(error.line).toBe(line);
  });

  const words: readonly (readonly [text: string, line: number, words: string])[] = [
    ['----\nkind: Pod\n', 2, 'line 2: mapping values are not allowed in this context'],
    ['kind: Pod\nfoo\nbar: 1\n', 2, "line 3: could not find expected ':'"],
    ['metadata:\n  name\n  labels: x\n', 3, 'line 3: mapping values are not allowed in this context'],
    ['a:\n  b: 1\n   c: 2\n', 3, 'line 3: mapping values are not allowed in this context'],
    ['a:\n  - b\n  c: d\n', 3, "line 2: did not find expected '-' indicator"],
    ['a: - b', 1, 'block sequence entries are not allowed in this context'],
    ['a: [b, c\nd: e', 2, "line 1: did not find expected ',' or ']'"],
    ['a: "x\nb: 1\n', 3, 'line 3: found unexpected end of stream'],
    ['a: @x', 1, 'found character that cannot start any token'],
    ["a: 'x'y", 1, 'did not find expected key'],
  ];
  it.each(words)('says of %j what Go says', (text, line, expected) => {
    expect(onlyError(text)).toMatchObject({ line, message: `error parsing STDIN: error converting YAML to JSON: yaml: ${expected}` });
  });

  it('counts the lines of the whole text for itself and of the document for kubectl', () => {
    const [, error] = readManifests('apiVersion: v1\nkind: Pod\n---\nkind: Pod\na: b: c\n');
    expect(error).toMatchObject({ line: 5, message: expect.stringContaining('yaml: line 2: mapping values') });
  });

  it('refuses 10 MB, aliases that multiply, and endless nesting, each with a word', () => {
    expect(onlyError('x'.repeat(10 * 1024 * 1024)).message).toContain('limit is 3145728 bytes');
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (const letter of 'bcdefgh')
      bomb.push(
        `${letter}: &${letter} [${Array(10)
          .fill(`*${String.fromCharCode(letter.charCodeAt(0) - 1)}`)
          .join(',')}]`,
      );
    expect(onlyError(bomb.join('\n')).message).toContain('document contains excessive aliasing');
    expect(onlyError('['.repeat(100_000)).message).toContain('exceeded max depth of 10000');
  });

  it.each([
    ['brackets', (depth: number) => `${'['.repeat(depth)}${']'.repeat(depth)}`],
    ['JSON', (depth: number) => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`],
    ['dashes', (depth: number) => `\n  ${'- '.repeat(depth)}1`],
    ['indentation', (depth: number) => Array.from({ length: depth }, (_, i) => `\n${' '.repeat(i + 1)}a:`).join('')],
  ])('reads what nests 400 deep and refuses 600, whatever a browser has for a stack: %s', (_, nested) => {
    const map = (depth: number) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\nx: ${nested(depth)}\n`;
    expect(readManifests(map(400))[0]).not.toBeInstanceOf(Error);
    expect(onlyError(map(600)).message).toContain('exceeded max depth of 10000');
  });

  it('takes brackets and blanks in texts for no nesting', () => {
    const map = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n  art: |\n    ${'[{'.repeat(2000)}\n    ${' '.repeat(2000)}end\n`;
    expect(readManifests(map)[0]).not.toBeInstanceOf(Error);
  });

  it('executes nothing that a name holds', () => {
    const [manifest] = readManifests(
      '{apiVersion: v1, kind: Pod, metadata: {name: "<script>alert(1)</script>", __proto__: {polluted: 1}}}',
    );
    expect((manifest as Manifest).object.metadata.name).toBe('<script>alert(1)</script>');
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });
});

describe('writeYaml', () => {
  it('writes what is read back the same, in its own order', () => {
    const value = { b: ['yes', 'on', '1', 'a: b', '{{pod app=web 0}}'], a: { text: 'one\ntwo\n', none: null, number: 0.5, no: false } };
    expect(readYaml(writeYaml(value)).value).toEqual(value);
    expect(writeYaml(value)).toMatch(/^b:/);
  });
});

describe('toYaml', () => {
  it('writes as kubectl does', () => {
    const object = {
      kind: 'Pod',
      apiVersion: 'v1',
      metadata: {
        annotations: { json: '{"a":1}\n', '8080': 'x' },
        labels: { a10: 'true', a2: '1.5' },
        creationTimestamp: '2026-01-01T00:00:00Z',
      },
      spec: { containers: [{ name: 'c', args: ['-c', 'echo a: b', "it's", ''], env: [], resources: {}, ports: [{ containerPort: 80 }] }] },
      status: {
        message:
          'Back-off pulling image "nginx:foo": ErrImagePull: rpc error: code NotFound desc failed to pull and unpack image and so on',
        empty: null,
      },
    };
    expect(toYaml(object)).toMatchInlineSnapshot(`
      "apiVersion: v1
      kind: Pod
      metadata:
        annotations:
          "8080": x
          json: |
            {"a":1}
        creationTimestamp: "2026-01-01T00:00:00Z"
        labels:
          a2: "1.5"
          a10: "true"
      spec:
        containers:
        - args:
          - -c
          - 'echo a: b'
          - it's
          - ""
          env: []
          name: c
          ports:
          - containerPort: 80
          resources: {}
      status:
        empty: null
        message: 'Back-off pulling image "nginx:foo": ErrImagePull: rpc error: code NotFound
          desc failed to pull and unpack image and so on'
      "
    `);
  });

  it('is read back as the same object', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'X',
      metadata: { name: 'x' },
      texts: [
        'yes',
        'null',
        '~',
        '0644',
        '1e3',
        '12:30',
        ' lead',
        'trail ',
        'a #b',
        '- a',
        'tab\there',
        'two\nlines',
        'end\n\n',
        '\n',
        '"',
        "'",
        '…',
        '{',
        '?',
        ': ',
      ],
      nested: [[1, [2]], { a: [{ b: 1 }] }],
      long: `${'word '.repeat(40)}end`,
      quoted: `: ${'word '.repeat(40)}\tend`,
    };
    expect((readManifests(toYaml(object))[0] as Manifest).object).toEqual(object);
  });
});
