// The examples of the documentation are run, and print what they say. Those of the element are run by the browser tests.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import * as podarium from '../index.ts';

interface Example {
  readonly code: string;
  readonly printed: string;
}

const blocksOf = (text: string, language: string) =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map(([, block]) => block ?? '');

function examplesOf(page: string): { readonly yaml: string; readonly examples: readonly Example[] } {
  const text = readFileSync(join(import.meta.dirname, page), 'utf8');
  const examples = blocksOf(text, 'js').map((block) => {
    const comments = block.split('\n').filter((line) => line.startsWith('// '));
    return {
      code: block.replace(/^import (.*) from 'podarium';$/m, 'const $1 = podarium;'),
      printed: comments.map((line) => line.slice(3)).join('\n'),
    };
  });
  return { yaml: blocksOf(text, 'yaml')[0] ?? '', examples };
}

async function run(code: string, yaml: string): Promise<string> {
  const printed: string[] = [];
  const console = { log: (...words: unknown[]) => printed.push(words.map(String).join(' ').trimEnd()) };
  await runInNewContext(`(async () => {${code}\n})()`, { podarium, console, yaml });
  return printed.join('\n');
}

describe.each(['cluster.md', 'record.md', 'links.md'])('%s', (page) => {
  const { yaml, examples } = examplesOf(page);
  it.each(examples)('example %#', async ({ code, printed }) => {
    expect(await run(code, yaml)).toBe(printed);
  });
});
