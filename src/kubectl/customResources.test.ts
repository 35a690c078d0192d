// A person adds a kind of their own and works with its objects, as "Extend the Kubernetes API with CustomResourceDefinitions" has it.
import { describe, expect, it } from 'vitest';
import { testTerminal } from './testTerminal.ts';

const DEFINITION = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata:
  name: crontabs.stable.example.com
spec:
  group: stable.example.com
  versions:
    - name: v1
      served: true
      storage: true
      schema:
        openAPIV3Schema:
          type: object
          properties:
            spec:
              type: object
              required: [image]
              properties:
                cronSpec:
                  type: string
                  pattern: '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'
                  default: "5 0 * * *"
                image:
                  type: string
                  description: What is run.
                replicas: {type: integer, minimum: 1, maximum: 10}
                size: {type: string, enum: [s, m]}
            status:
              type: object
              properties:
                replicas: {type: integer}
      subresources:
        status: {}
        scale: {specReplicasPath: .spec.replicas, statusReplicasPath: .status.replicas}
      additionalPrinterColumns:
        - {name: Spec, type: string, jsonPath: .spec.cronSpec}
        - {name: Replicas, type: integer, jsonPath: .spec.replicas}
        - {name: Image, type: string, jsonPath: .spec.image, priority: 1}
        - {name: Age, type: date, jsonPath: .metadata.creationTimestamp}
      selectableFields: [{jsonPath: .spec.image}]
  scope: Namespaced
  names:
    plural: crontabs
    singular: crontab
    kind: CronTab
    shortNames: [ct]
    categories: [all]
`;
const cronTab = (spec: string, name = 'my-new-cron-object') =>
  `apiVersion: stable.example.com/v1\nkind: CronTab\nmetadata: {name: ${name}}\nspec: ${spec}\n`;

/** A terminal of a cluster that serves CronTabs, one of which stands in it. */
function withCronTabs() {
  const terminal = testTerminal();
  terminal.kubectl('apply -f -', DEFINITION);
  terminal.cluster.settle();
  terminal.kubectl('apply -f -', cronTab('{cronSpec: "* * * * */5", image: my-awesome-cron-image, replicas: 3}'));
  return terminal;
}
const said = ({ stdout, stderr }: { stdout: string; stderr: string }) => stdout + stderr;

describe('custom resources', () => {
  it('are known once their definition is established', () => {
    const { kubectl, cluster } = testTerminal();
    expect(said(kubectl('get crontabs'))).toBe('error: the server doesn\'t have a resource type "crontabs"\n');
    expect(said(kubectl('apply -f -', cronTab('{}')))).toContain('no matches for kind "CronTab" in version "stable.example.com/v1"');
    expect(said(kubectl('apply -f -', DEFINITION))).toBe(
      'customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com created\n',
    );
    cluster.settle();
    expect(said(kubectl('wait --for=condition=Established crd/crontabs.stable.example.com'))).toBe(
      'customresourcedefinition.apiextensions.k8s.io/crontabs.stable.example.com condition met\n',
    );
    expect(said(kubectl("get crd crontabs.stable.example.com -o jsonpath='{.status.acceptedNames}{.status.storedVersions}'"))).toBe(
      '{"categories":["all"],"kind":"CronTab","listKind":"CronTabList","plural":"crontabs","shortNames":["ct"],"singular":"crontab"}["v1"]',
    );
    expect(said(kubectl('api-resources --api-group=stable.example.com'))).toBe(
      'NAME       SHORTNAMES   APIVERSION              NAMESPACED   KIND\ncrontabs   ct           stable.example.com/v1   true         CronTab\n',
    );
  });

  it('are read, changed and scaled like any object', () => {
    const { kubectl } = withCronTabs();
    const row = 'my-new-cron-object   * * * * */5   3          0s\n';
    for (const word of [
      'crontab',
      'ct',
      'crontabs.stable.example.com',
      'crontabs.v1.stable.example.com',
      'ct --field-selector spec.image=my-awesome-cron-image',
    ])
      expect(said(kubectl(`get ${word}`))).toBe(`NAME                 SPEC          REPLICAS   AGE\n${row}`);
    expect(said(kubectl('get all'))).toContain('crontab.stable.example.com/my-new-cron-object   * * * * */5');
    expect(said(kubectl('get ct -o name'))).toBe('crontab.stable.example.com/my-new-cron-object\n');
    expect(said(kubectl('scale --replicas=5 crontabs/my-new-cron-object'))).toBe('crontab.stable.example.com/my-new-cron-object scaled\n');
    expect(said(kubectl("get ct my-new-cron-object -o jsonpath='{.spec.replicas} {.metadata.generation}'"))).toBe('5 2');
    expect(said(kubectl(`patch ct my-new-cron-object -p '{"spec":{"replicas":2}}'`))).toBe(
      'error: application/strategic-merge-patch+json is not supported by stable.example.com/v1, Kind=CronTab: the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml\n',
    );
    expect(
      said(kubectl(`patch ct my-new-cron-object --type=merge --subresource=status -p '{"status":{"replicas":2},"spec":{"image":"x"}}'`)),
    ).toBe('crontab.stable.example.com/my-new-cron-object patched\n');
    expect(said(kubectl("get ct my-new-cron-object -o jsonpath='{.status.replicas} {.spec.image} {.metadata.generation}'"))).toBe(
      '2 my-awesome-cron-image 2',
    );
    expect(said(kubectl('apply -f -', cronTab('{cronSpec: "* * * * */5", image: other}')))).toBe(
      'crontab.stable.example.com/my-new-cron-object configured\n',
    );
    expect(said(kubectl('describe ct'))).toMatch(
      /^Name: +my-new-cron-object\nNamespace: +default\n[^]*Spec:\n {2}Cron Spec: +\* \* \* \* \*\/5\n {2}Image: +other\n/,
    );
  });

  it.each([
    [
      '{cronSpec: "* * * *", image: a, replicas: 15}',
      `* spec.cronSpec: Invalid value: "* * * *": spec.cronSpec in body should match '^(\\d+|\\*)(/\\d+)?(\\s+(\\d+|\\*)(/\\d+)?){4}$'\n* spec.replicas: Invalid value: 15: spec.replicas in body should be less than or equal to 10\n`,
    ],
    ['{}', 'The CronTab "bad" is invalid: spec.image: Required value\n'],
    ['{image: 1}', 'spec.image: Invalid value: "integer": spec.image in body must be of type string: "integer"\n'],
    ['{image: a, size: l}', 'spec.size: Unsupported value: "l": supported values: "s", "m"\n'],
    [
      '{image: a, someRandomField: 42}',
      'Error from server (BadRequest): error when creating "STDIN": CronTab in version "v1" cannot be handled as a CronTab: strict decoding error: unknown field "spec.someRandomField"\n',
    ],
  ])('are refused for what their schema does not allow: %s', (spec, words) => {
    expect(said(withCronTabs().kubectl('create -f -', cronTab(spec, 'bad')))).toContain(words);
  });

  it('keep the rules of their schema', () => {
    const { kubectl } = withCronTabs();
    const rules = `x-kubernetes-validations:
                - {rule: "!has(self.replicas) || self.replicas < 5 || self.size == 'm'", message: many only with size m}
                - {rule: "self.image == oldSelf.image", fieldPath: .image, reason: FieldValueForbidden}
              required: [image]`;
    kubectl('apply -f -', DEFINITION.replace('required: [image]', rules));
    expect(said(kubectl('create -f -', cronTab('{image: a, replicas: 6, size: s}', 'bad')))).toBe(
      'The CronTab "bad" is invalid: spec: Invalid value: "object": many only with size m\n',
    );
    expect(said(kubectl('create -f -', cronTab('{image: a, replicas: 6}', 'bad')))).toContain(
      'Invalid value: "object": no such key: size evaluating rule: many only with size m',
    );
    expect(said(kubectl('create -f -', cronTab('{replicas: 6}', 'bad')))).toContain(
      '* <nil>: Invalid value: "null": some validation rules',
    );
    expect(said(kubectl('create -f -', cronTab('{image: a, replicas: 6, size: m}', 'good')))).toContain('created');
    expect(said(kubectl(`patch ct good --type=merge -p '{"spec":{"image":"b"}}'`))).toBe(
      'The CronTab "good" is invalid: spec.image: Forbidden: failed rule: self.image == oldSelf.image\n',
    );
  });

  it('lose unknown fields and gain defaults', () => {
    const { kubectl } = withCronTabs();
    expect(said(kubectl('create --validate=false -f -', cronTab('{image: a, size: null, someRandomField: 42}', 'plain')))).toBe(
      'crontab.stable.example.com/plain created\n',
    );
    expect(said(kubectl("get ct plain -o jsonpath='{.spec}'"))).toBe('{"cronSpec":"5 0 * * *","image":"a"}');
  });

  it('are explained by their schema', () => {
    const { kubectl } = withCronTabs();
    expect(said(kubectl('explain crontab.spec'))).toBe(
      `GROUP:      stable.example.com
KIND:       CronTab
VERSION:    v1

FIELD: spec <Object>


DESCRIPTION:
    <empty>
    
FIELDS:
  cronSpec	<string>
    <no description>

  image	<string> -required-
    What is run.

  replicas	<integer>
    <no description>

  size	<string>
    <no description>


`,
    );
  });

  it('go with their definition', () => {
    const { kubectl, cluster } = withCronTabs();
    expect(said(kubectl('delete crd crontabs.stable.example.com'))).toBe(
      'customresourcedefinition.apiextensions.k8s.io "crontabs.stable.example.com" deleted\n',
    );
    expect(cluster.api.list('CronTab')).toEqual([]);
    expect(said(kubectl('get crontabs'))).toBe('error: the server doesn\'t have a resource type "crontabs"\n');
    kubectl('apply -f -', DEFINITION);
    cluster.settle();
    expect(said(kubectl('get crontabs'))).toBe('No resources found in default namespace.\n');
  });

  it('are there again in a world that goes back', () => {
    const { kubectl, cluster } = withCronTabs();
    const { nowMs } = cluster;
    cluster.runUntil(nowMs + 10_000);
    kubectl('delete crd crontabs.stable.example.com');
    cluster.forkAt(nowMs);
    expect(said(kubectl('get ct -o name'))).toBe('crontab.stable.example.com/my-new-cron-object\n');
  });
});

describe('a definition', () => {
  const made = (from: string, to: string) => said(testTerminal().kubectl('create -f -', DEFINITION.replace(from, to)));
  const refused = 'The CustomResourceDefinition "crontabs.stable.example.com" is invalid: ';

  it.each([
    [
      'group: stable.example.com',
      'group: example.com',
      'metadata.name: Invalid value: "crontabs.stable.example.com": must be spec.names.plural+"."+spec.group\n',
    ],
    ['storage: true', 'storage: false', 'must have exactly one version marked as storage version\n'],
    ['scope: Namespaced', 'scope: Namespace', 'spec.scope: Unsupported value: "Namespace": supported values: "Cluster", "Namespaced"\n'],
    [
      'replicas: {type: integer, minimum: 1',
      'replicas: {minimum: 1',
      'spec.validation.openAPIV3Schema.properties[spec].properties[replicas].type: Required value: must not be empty for specified object fields\n',
    ],
    [
      'default: "5 0 * * *"',
      'default: never',
      `spec.validation.openAPIV3Schema.properties[spec].properties[cronSpec].default: Invalid value: "never"`,
    ],
    [
      'specReplicasPath: .spec.replicas',
      'specReplicasPath: .status.x',
      'spec.subresources.scale.specReplicasPath: Invalid value: ".status.x": should be a json path under .spec\n',
    ],
    [
      'type: date, jsonPath',
      'type: time, jsonPath',
      'spec.additionalPrinterColumns[3].type: Invalid value: "time": must be one of boolean,date,integer,number,string\n',
    ],
  ])('is refused with %s changed to %s', (from, to, words) => {
    const answer = made(from, to);
    expect(answer.startsWith(refused)).toBe(true);
    expect(answer).toContain(words);
  });

  it.each([
    'items: x',
    'items: [1]',
    'items: {properties: {a: null}}',
    'additionalProperties: 3',
    'properties: x',
    'properties: {a: null}',
  ])('of any shape is taken or refused: %s', (schema) => {
    const { kubectl } = testTerminal();
    const text = DEFINITION.replace('replicas: {type: integer, minimum: 1, maximum: 10}', `list: {type: array, ${schema}}`);
    expect(kubectl('create -f -', text).exitCode).toBe(1);
  });

  it('may lose nothing that it needs', () => {
    const { kubectl, cluster } = testTerminal();
    kubectl('create -f -', DEFINITION);
    cluster.settle();
    for (const path of ['names', 'versions', 'group', 'scope'])
      expect(said(kubectl(`patch crd crontabs.stable.example.com --type=json -p '[{"op":"remove","path":"/spec/${path}"}]'`))).toContain(
        `* spec.${path}`,
      );
  });

  it('whose kind has a name that is taken in its group is not established', () => {
    const { kubectl, cluster } = testTerminal();
    kubectl('create -f -', DEFINITION);
    cluster.settle();
    kubectl('create -f -', DEFINITION.replaceAll('crontabs', 'tables').replace('singular: crontab', 'singular: table'));
    cluster.settle();
    const reasons = "get crd tables.stable.example.com -o jsonpath='{.status.conditions[*].reason}'";
    expect(said(kubectl(reasons))).toBe('ListKindConflict NotAccepted');
  });
});
