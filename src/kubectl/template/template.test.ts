import { describe, expect, it } from 'vitest';
import { executeTemplate } from './execute.ts';
import { parseTemplate, TemplateError } from './parse.ts';

const list = {
  kind: 'List',
  items: [
    { metadata: { name: 'web', labels: { app: 'web', tier: 'front' } }, status: { phase: 'Running', restarts: 2 } },
    { metadata: { name: 'db' }, status: { phase: 'Pending', restarts: 0 } },
  ],
};

const print = (template: string): string => executeTemplate(parseTemplate(template), list);

describe('executeTemplate', () => {
  it.each([
    ['text and fields', 'kind: {{.kind}}', 'kind: List'],
    ['a range with quoted line ends', '{{range .items}}{{.metadata.name}}{{"\\n"}}{{end}}', 'web\ndb\n'],
    ['what is missing', '{{range .items}}{{.metadata.labels.app}} {{end}}', 'web <no value> '],
    ['indexes and variables', '{{range $i, $pod := .items}}{{$i}}={{$pod.metadata.name}} {{end}}', '0=web 1=db '],
    [
      'conditions',
      '{{range .items}}{{if eq .status.phase "Running"}}up{{else if .metadata.labels}}?{{else}}down{{end}} {{end}}',
      'up down ',
    ],
    ['with', '{{with index .items 0}}{{.metadata.name}} of {{$.kind}}{{end}}', 'web of List'],
    ['a parenthesis with fields', '{{(index .items 1).metadata.name}}', 'db'],
    ['keys with dots', '{{range .items}}{{index .metadata "name"}} {{end}}', 'web db '],
    ['maps in the order of their keys', '{{range $k, $v := (index .items 0).metadata.labels}}{{$k}}={{$v}} {{end}}', 'app=web tier=front '],
    ['pipelines', '{{len .items | printf "%d pods"}}', '2 pods'],
    ['and, or, not', '{{and .kind "x"}} {{or .nope "y"}} {{not .nope}}', 'x y true'],
    ['trim marks and comments', 'a {{- /* no */ -}} b {{- .kind -}} c', 'abListc'],
    ['an empty range', '{{range .nope}}x{{else}}none{{end}}', 'none'],
    ['variables that are set again', '{{$n := 0}}{{range .items}}{{$n = .status.restarts}}{{end}}{{$n}}', '0'],
    ['nothing that JavaScript gives every object', '{{.constructor}} {{index . "toString"}}', '<no value> <no value>'],
    ['secrets', '{{"aGVsbG8=" | base64decode}}', 'hello'],
  ])('prints %s', (_name, template, text) => {
    expect(print(template)).toBe(text);
  });

  it.each([
    ['{{range .items}}', 'unexpected EOF'],
    ['{{.kind', 'unclosed action'],
    ['{{end}}', 'unexpected {{end}}'],
    ['{{nope .kind}}', 'function "nope" not defined'],
    ['{{constructor .kind}}', 'function "constructor" not defined'],
    ['{{.kind.name}}', "can't evaluate field name in type interface {}"],
    ['{{index .items 5}}', 'error calling index: index out of range: 5'],
    ['{{$x}}', 'undefined variable "$x"'],
  ])('refuses %s', (template, message) => {
    expect(() => print(template)).toThrow(new TemplateError(message));
  });
});
