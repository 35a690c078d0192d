import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blocksOf } from './Markdown.tsx';

describe('blocksOf', () => {
  it('tells headings, paragraphs, lists, tables and code apart; an empty line in code is code', () => {
    const text = '# Title\n\nOne\nline.\n\n- a\n  b\n- c\n\n| x |\n|---|\n| y |\n\n```yaml\nk: 1\n\n- l\n```\n';
    expect(blocksOf(text)).toEqual([
      { type: 'heading', lines: ['# Title'] },
      { type: 'paragraph', lines: ['One', 'line.'] },
      { type: 'list', lines: ['- a', '  b', '- c'] },
      { type: 'table', lines: ['| x |', '|---|', '| y |'] },
      { type: 'code', lines: ['k: 1', '', '- l'] },
    ]);
  });

  it.each(['README.md', 'README.ko.md'])('reads %s with every part of it in its place', (name) => {
    const blocks = blocksOf(readFileSync(`src/lessons/${name}`, 'utf8'));
    expect(blocks.map(({ type }) => type)).toEqual(['heading', 'paragraph', 'code', 'table', 'paragraph', 'list', 'paragraph']);
  });
});
