import { describe, expect, it } from 'vitest';
import { builtInKinds } from './kinds/builtIn.ts';
import { everyKind } from './kinds/index.ts';
import { KindTable } from './kindTable.ts';

describe('the kinds that a world begins with', () => {
  const all = new KindTable(everyKind);

  it('are found as among all kinds, by every word and every name', () => {
    for (const { plural, singular, shortNames, kind, apiVersion, otherVersions = [] } of everyKind) {
      for (const word of [plural, singular, ...shortNames]) {
        expect(builtInKinds.findWord(word)).toBe(all.findWord(word));
        expect(builtInKinds.othersOfShortName(word)).toEqual(all.othersOfShortName(word));
        expect(builtInKinds.inCategory(word)).toEqual(all.inCategory(word));
      }
      for (const version of [{ apiVersion }, ...otherVersions])
        expect(builtInKinds.findIn(version.apiVersion, kind)).toBe(all.findIn(version.apiVersion, kind));
      expect(builtInKinds.find(kind)).toBe(all.find(kind));
    }
  });

  it('are no other kinds', () => {
    expect(builtInKinds.kept).toEqual(everyKind);
    expect(builtInKinds.all).toEqual(all.all);
    expect(builtInKinds.inCategory('all')).toEqual(all.inCategory('all'));
    expect(builtInKinds.findWord('nosuch')).toBeUndefined();
  });
});
