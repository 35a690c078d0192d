import { beforeAll, describe, expect, it } from 'vitest';
import { loadAll } from '../catalogues.ts';
import { english } from '../en/index.ts';
import { korean } from './index.ts';

/** Every text of a catalogue with its path; functions are called with stand-ins. */
function textsOf(node: unknown, path = ''): [string, string][] {
  if (typeof node === 'string') return [[path, node]];
  if (typeof node === 'function') return textsOf(called(node as (...args: unknown[]) => unknown), path);
  if (Array.isArray(node)) return node.flatMap((each, i) => textsOf(each, `${path}[${i}]`));
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, each]) => textsOf(each, path ? `${path}.${key}` : key));
}

/** What a message says of stand-ins; nothing where it takes more than names and numbers. */
function called(message: (...args: unknown[]) => unknown): unknown {
  try {
    const said = message(...Array.from({ length: message.length }, () => STAND_IN));
    return /undefined|NaN/.test(String(said)) ? undefined : said;
  } catch {
    return undefined;
  }
}

const STAND_IN = '⟨x⟩';
const PARTICLES = /⟩(이|가|을|를|은|는|와|과|이나|나)(?=[^가-힣]|$)/;
/** Names and words of Kubernetes' output, which read the same in both languages. */
const SAME = /\b(Podarium|YAML|NotReady|Ready|cpu|mem|localhost|Docusaurus|MkDocs|kubectl get pods|Ctrl Enter)\b/g;

function hasWords(text: string): boolean {
  return /[a-z]{2}/i.test(text.replaceAll(STAND_IN, '').replaceAll(SAME, ''));
}

describe('ko', () => {
  let texts: [string, string][];
  let englishTexts: ReadonlyMap<string, string>;
  beforeAll(async () => {
    texts = textsOf(await loadAll(korean));
    englishTexts = new Map(textsOf(await loadAll(english)));
  });

  it('puts no particle after a placeholder: which one is right depends on how the name is read', () => {
    expect(texts.filter(([, text]) => PARTICLES.test(text))).toEqual([]);
  });

  it('has a Korean text wherever English has words', () => {
    const left = texts.filter(([path, text]) => text === englishTexts.get(path) && hasWords(text));
    expect(left).toEqual([]);
  });
});
