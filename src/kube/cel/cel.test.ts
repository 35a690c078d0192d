import { describe, expect, it } from 'vitest';
import { CelError, evaluateCel } from './evaluate.ts';
import { parseCel, UnsupportedExpression } from './parse.ts';

const self = { replicas: 3, min: 0, name: 'web-1', tags: ['a', 'b'], ports: [{ name: 'http', port: 80 }], labels: { app: 'x' }, 'a-b': 1 };
const of = (text: string) => evaluateCel(parseCel(text), { self });

describe('the Common Expression Language', () => {
  it.each([
    ['1 + 2 * 3 - 4', 3],
    ['7 / 2', 3],
    ['7.5 / 2', 3.75],
    ['-7 % 3', -1],
    ['self.min <= self.replicas && self.replicas <= 10', true],
    ['self.replicas > 3 || self.name == "web-1"', true],
    ['!(self.replicas in [1, 2])', true],
    ['"app" in self.labels', true],
    ['has(self.replicas) && !has(self.nothing)', true],
    ['self.replicas > 1 ? "many" : "few"', 'many'],
    ['self.name.startsWith("web") && self.name.matches(r"^web-\\d$")', true],
    ['size(self.tags) == 2 && self.tags.size() == 2 && self.name.size() == 5', true],
    ['self.tags.all(tag, tag.size() == 1)', true],
    ['self.ports.exists(p, p.port == 80 && p.name != "")', true],
    ['self.ports.exists_one(p, p.port > 0)', true],
    ['self.tags.filter(t, t != "a").map(t, t + "!")', ['b!']],
    ['self.labels.all(key, self.labels[key] == "x")', true],
    ['self.a__dash__b', 1],
    ['{"a": [1, null, true]}', { a: [1, null, true] }],
    ['self.nothing == 1 || true', true],
    ['false && self.nothing == 1', false],
  ])('%s', (text, value) => {
    expect(of(text)).toEqual(value);
  });

  it.each([
    ['self.nothing > 1', 'no such key: nothing'],
    ['self.tags[2]', 'index out of bounds: 2'],
    ['1 / 0', 'division by zero'],
    ['self.name > 1', 'no such overload'],
    ['self.name && true', 'no such overload'],
  ])('%s is a mistake', (text, words) => {
    expect(() => of(text)).toThrow(new CelError(words));
  });

  it.each([
    'other == 1',
    'self.name.reverse() == ""',
    'self.?x',
    'self.',
    '1 +',
    '(1',
    'b"x"',
    '#',
    'has(self)',
    `${'('.repeat(4000)}1`,
    `${'!'.repeat(4000)}other`,
  ])('says of what it does not know that it does not: %s', (text) => {
    expect(() => of(text)).toThrow(UnsupportedExpression);
  });
});
