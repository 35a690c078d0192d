// Links and files from anybody: real ones that were cut, flipped, stretched or put together anew, and objects that never were any.
import { describe, expect, it } from 'vitest';
import fc from '../base/fastCheck.ts';
import { scenarioNames } from '../scenario/library/names.ts';
import { createSession } from './createSession.ts';
import { engine } from './engine.ts';
import { settingOfLink } from './importing.ts';
import { readFile, readWorld, type WorldLink, writeFile, writeWorld } from './worldLink.ts';

/** `RUNS=20000 npx vitest run src/session/hostile.test.ts` looks further. */
const numRuns = Number(process.env['RUNS'] ?? 200);
const LANGUAGES = ['en', 'ko'];
const DAY_MS = 86_400_000;

type Change = (bytes: readonly number[]) => readonly number[];

const place = fc.double({ min: 0, max: 1, noNaN: true });
const at = (bytes: readonly number[], share: number) => Math.floor(share * bytes.length);
const change: fc.Arbitrary<Change> = fc.oneof(
  place.map(
    (share): Change =>
      (bytes) =>
        bytes.slice(0, at(bytes, share)),
  ),
  place.map(
    (share): Change =>
      (bytes) =>
        bytes.slice(at(bytes, share)),
  ),
  fc.tuple(place, fc.nat(255)).map(
    ([share, byte]): Change =>
      (bytes) =>
        bytes.map((old, i) => (i === at(bytes, share) ? byte : old)),
  ),
  fc.tuple(place, fc.array(fc.nat(255), { maxLength: 40 })).map(
    ([share, more]): Change =>
      (bytes) => [...bytes.slice(0, at(bytes, share)), ...more, ...bytes.slice(at(bytes, share))],
  ),
  fc.tuple(place, place).map(
    ([a, b]): Change =>
      (bytes) => [...bytes, ...bytes.slice(at(bytes, Math.min(a, b)), at(bytes, Math.max(a, b)))],
  ),
);
const changes = fc.array(change, { minLength: 1, maxLength: 3 });

/** What was let through although no link may say it. */
function wrongIn({ failure, scenario, atMs = 0, seed = 0, deeds = [], dropped = [] }: WorldLink): readonly unknown[] {
  if (failure !== undefined) return ['damaged', 'tooNew', 'tooLarge'].includes(failure) ? [] : [failure];
  const numbers = [[atMs, DAY_MS], [seed, 2 ** 31], ...dropped.map((each) => [each, 1000]), ...deeds.map((deed) => [deed.atMs, DAY_MS])];
  return [
    ...(scenario === undefined || scenarioNames.some((name) => name === scenario) ? [] : [scenario]),
    ...numbers.filter(([number = -1, max = 0]) => !(Number.isInteger(number) && number >= 0 && number <= max)),
    ...deeds.filter(({ kubectl, typed, fault }) => kubectl === undefined && typed === undefined && fault === undefined),
  ];
}

describe('a link or a file that somebody changed', () => {
  const session = createSession({ engine, scenario: 'cookie-cutter', atMs: 20_000 });
  session.run('kubectl scale rs/web --replicas=5');
  session.paste('apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec:\n  containers: [{name: c, image: busybox}]\n');

  it('opens or says what is wrong, as a link', async () => {
    const { hash } = await writeWorld(session, 'test');
    const letters = Array.from(hash.slice(4), (letter) => letter.charCodeAt(0));
    const tried = fc.asyncProperty(changes, async (all) => {
      const changed = all.reduce<readonly number[]>((bytes, one) => one(bytes), letters);
      const link = await readWorld(`#w=1${String.fromCharCode(...changed)}`, LANGUAGES);
      expect(wrongIn(link ?? { problems: [] })).toEqual([]);
    });
    await fc.assert(tried, { numRuns });
  });

  it('opens or says what is wrong, as a file', async () => {
    const file = [...new Uint8Array(await (await writeFile(session, 'test')).arrayBuffer())];
    const tried = fc.asyncProperty(changes, async (all) => {
      const changed = all.reduce<readonly number[]>((bytes, one) => one(bytes), file);
      expect(wrongIn(await readFile(new Blob([Uint8Array.from(changed)]), LANGUAGES))).toEqual([]);
    });
    await fc.assert(tried, { numRuns });
  });

  it('tells objects that are none, and opens the rest', () => {
    const field = fc.oneof(
      fc.jsonValue({ maxDepth: 3 }),
      fc.constantFrom('v1', 'apps/v1', 'Pod', 'Node', 'Deployment', '__proto__', '../x', ''),
    );
    const object = fc.record(
      {
        apiVersion: field,
        kind: field,
        metadata: fc.oneof(field, fc.dictionary(fc.constantFrom('name', 'uid', 'labels', 'ownerReferences'), field)),
        spec: field,
        status: field,
      },
      { requiredKeys: [] },
    );
    const tried = fc.property(fc.array(fc.oneof(object, fc.jsonValue()), { maxLength: 8 }), (objects) => {
      const { objects: kept = [] } = settingOfLink(objects);
      for (const { kind, metadata } of kept) expect([typeof kind, typeof metadata.name]).toEqual(['string', 'string']);
    });
    fc.assert(tried, { numRuns });
  });
});
