import { describe, expect, it } from 'vitest';
import { compileSelector, formatRequirements, formatSelector, matchesRequirements, matchesSelector } from './labels.ts';
import type { StringMap } from './meta.ts';
import { matchesFields, parseFieldSelector, parseSelector } from './selectorText.ts';

const web = { app: 'web', tier: 'front', weight: '5' };

describe('parseSelector', () => {
  const cases: readonly (readonly [text: string, isMatch: boolean, again: string])[] = [
    ['', true, ''],
    ['app=web', true, 'app=web'],
    ['app==web,tier!=back', true, 'app==web,tier!=back'],
    ['app in (web, api),!old', true, '!old,app in (api,web)'],
    ['tier notin (front)', false, 'tier notin (front)'],
    ['tier', true, 'tier'],
    ['!tier', false, '!tier'],
    ['missing!=x', true, 'missing!=x'],
    ['weight>4', true, 'weight>4'],
    ['in=x', false, 'in=x'],
    ['app=', false, 'app='],
  ];
  it.each(cases)('reads %j', (text, isMatch, again) => {
    const selector = parseSelector(text);
    expect(matchesRequirements(selector, web)).toBe(isMatch);
    expect(new Set(formatRequirements(selector).split(','))).toEqual(new Set(again.split(',')));
  });

  const mistakes: readonly (readonly [text: string, message: string])[] = [
    ['a b', "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt"],
    ['a=b,', "found '', expected: identifier after ','"],
    ['a in b', "unable to parse requirement: found 'b' expected: '('"],
    ['=b', "found '=', expected: !, identifier, or 'end of string'"],
    ['a=b c', "found 'c', expected: ',' or 'end of string'"],
  ];
  it.each(mistakes)('refuses %j in the words of the server', (text, message) => {
    expect(() => parseSelector(text)).toThrow(message);
  });

  it('refuses a value that no label can have', () => {
    expect(() => parseSelector('a=-x')).toThrow(
      /^unable to parse requirement: values\[0\]\[a\]: Invalid value: "-x": a valid label must be/,
    );
  });
});

describe('matchesSelector', () => {
  it('chooses nothing without a selector and everything with an empty one', () => {
    expect(matchesSelector(undefined, web)).toBe(false);
    expect(matchesSelector({}, undefined)).toBe(true);
  });

  it('wants pairs and expressions together, compiled or not', () => {
    const selector = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'tier', operator: 'NotIn' as const, values: ['back'] }] };
    const all: readonly StringMap[] = [web, { app: 'web' }, { app: 'web', tier: 'back' }, {}];
    for (const labels of all) {
      const isMatch = matchesSelector(selector, labels);
      expect(isMatch).toBe(labels.app === 'web' && labels.tier !== 'back');
      expect(compileSelector(selector)(labels)).toBe(isMatch);
    }
  });
});

describe('formatSelector', () => {
  it('writes keys in order and `<none>` for everything', () => {
    expect(formatSelector({ matchLabels: { b: '2', a: '1' }, matchExpressions: [{ key: 'c', operator: 'DoesNotExist' }] })).toBe(
      'a=1,b=2,!c',
    );
    expect(formatSelector({})).toBe('<none>');
  });
});

describe('field selectors', () => {
  const fieldOf = (field: string) => (field === 'status.phase' ? 'Running' : undefined);

  it('compare fields and know what cannot be asked', () => {
    expect(matchesFields(parseFieldSelector('status.phase=Running'), fieldOf)).toBe(true);
    expect(matchesFields(parseFieldSelector('status.phase!=Running'), fieldOf)).toBe(false);
    expect(() => matchesFields(parseFieldSelector('spec.x=y'), fieldOf)).toThrow('field label not supported: spec.x');
    expect(() => parseFieldSelector('nonsense')).toThrow("invalid selector: 'nonsense'; can't understand 'nonsense'");
  });
});
