import { describe, expect, it } from 'vitest';
import { CelMistake, compileCel, readCel } from './compile.ts';
import { evaluateCel } from './evaluate.ts';
import { scopeOf } from './scope.ts';
import { DOUBLE, DYN, INT, listOf, mapOf, objectOf, STRING } from './types.ts';
import { CelError } from './value.ts';

const self = { replicas: 3, min: 0, name: 'web-1', tags: ['a', 'b'], ports: [{ name: 'http', port: 80 }], labels: { app: 'x' }, 'a-b': 1 };
const of = (text: string) => evaluateCel(readCel(text), { self });

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
    ['"a%sc %d %.2f".format(["b", 3, 1.5])', 'abc 3 1.50'],
    ['"a,b,c".split(",", 2).join("-") + "abc".substring(1) + "abc".charAt(0)', 'a-b,cbca'],
    ['"hello".indexOf("l") + "hello".lastIndexOf("l") + "hello".replace("l", "", 1).size()', 9],
    ['"abc 123".find("[0-9]+") + "a1b2".findAll("[0-9]").join("")', '12312'],
    ['[1, 3, 2].max() + [1, 2].sum() + [3].min() + [1, 2].indexOf(2)', 10],
    ['[1, 2].isSorted() && sets.contains([1, 2], [2]) && sets.equivalent([1, 2], [2, 1]) && !sets.intersects([1], [2])', true],
    ['quantity("1Gi").isGreaterThan(quantity("1000Mi")) && quantity("500m").add(quantity("0.5")).asInteger() == 1', true],
    ['duration("1h30m") > duration("89m") && timestamp("2026-01-02T03:04:05Z").getHours() == 3', true],
    ['string(timestamp("2026-01-01T23:00:00Z") + duration("2h"))', '2026-01-02T01:00:00Z'],
    ['isIP("10.0.0.1") && cidr("10.0.0.0/8").containsIP("10.1.2.3") && ip("::1").family() == 6 && string(ip("0:0::1")) == "::1"', true],
    ['url("https://example.com:8080/a?b=c").getHostname() + url("https://example.com:8080/a").getPort()', 'example.com8080'],
    ['type(1) == int && type("a") == string && type(null) == null_type && type([]) != map', true],
    ['self.?nothing.orValue("none") + self.?name.value()', 'noneweb-1'],
    ['self[?"name"].hasValue() && !optional.none().hasValue() && [1, ?optional.none()] == [1]', true],
    ['self.tags.exists_one(i, t, t == "b" && i == 1) && {"a": 1}.transformMap(k, v, v + 1) == {"a": 2}', true],
    ['format.dns1123Label().validate("Bad_").hasValue()', true],
    ['self.?name.optMap(n, n.size()).orValue(0)', 5],
    ["r'\\d' + '\\u0041\\n' + '''a'b'''", "\\dA\na'b"],
  ])('knows the libraries of Kubernetes: %s', (text, value) => {
    expect(of(text)).toEqual(value);
  });

  const types = objectOf('object', {
    replicas: INT,
    ratio: DOUBLE,
    name: STRING,
    tags: listOf(STRING),
    labels: mapOf(STRING, STRING),
    any: DYN,
  });
  const told = (text: string) => {
    try {
      compileCel(text, scopeOf({ self: types }));
      return '';
    } catch (error) {
      if (error instanceof CelMistake) return error.message;
      throw error;
    }
  };

  it.each([
    ['self.replcas > 1', "ERROR: <input>:1:5: undefined field 'replcas'\n | self.replcas > 1\n | ....^"],
    [
      'self.name > 1',
      "ERROR: <input>:1:11: found no matching overload for '_>_' applied to '(string, int)'\n | self.name > 1\n | ..........^",
    ],
    [
      'ip2(self) == 6 && other',
      "ERROR: <input>:1:4: undeclared reference to 'ip2' (in container '')\n | ip2(self) == 6 && other\n | ...^\nERROR: <input>:1:19: undeclared reference to 'other' (in container '')\n | ip2(self) == 6 && other\n | ..................^",
    ],
    ['self.name.reverse(1) == ""', "'reverse' applied to 'string.(int)'"],
    ['self.replicas.all(x, true)', "expression of type 'int' cannot be range of a comprehension (must be list, map, or dynamic)"],
    ['self.replicas.x', "ERROR: <input>:1:14: type 'int' does not support field selection"],
    ['[1, "a"]', "ERROR: <input>:1:5: expected type 'int' but found 'string'"],
    ['has(self)', 'invalid argument to has() macro'],
    ['self.replicas == self.ratio', "'_==_' applied to '(int, double)'"],
    ['true ? 1 : "a"', "'_?_:_' applied to '(bool, int, string)'"],
    ['self.name ==\n 1', "ERROR: <input>:1:11: found no matching overload for '_==_' applied to '(string, int)'"],
    ['1 +', "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting {'[', "],
    ['(1', "Syntax error: mismatched input '<EOF>' expecting ')'"],
    ['1 2', "ERROR: <input>:1:3: Syntax error: extraneous input '2' expecting <EOF>"],
    ['#', "Syntax error: token recognition error at: '#'"],
    ['self.', "Syntax error: no viable alternative at input '.'"],
    [`${'('.repeat(4000)}1`, 'Syntax error: expression recursion limit exceeded: 100'],
    [`${'!'.repeat(4000)}other`, 'Syntax error: expression recursion limit exceeded: 100'],
  ])('is refused in the words of cel-go: %s', (text, words) => {
    expect(told(text)).toContain(words);
  });

  it.each([
    'self.replicas < self.ratio',
    'self.any.x.y == 3',
    'self.labels.app == "x"',
    'self.tags[0] in self.labels',
    'lists.range(3) == [0, 1, 2]',
  ])('is taken: %s', (text) => {
    expect(told(text)).toBe('');
  });
});
