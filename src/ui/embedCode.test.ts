import { describe, expect, it } from 'vitest';
import { EMBED_FORMS, embedCode } from './embedCode.ts';

const choice = {
  home: 'https://pods.example/',
  scenario: 'drain',
  title: '"Drain" [a] <node>',
  seed: 7,
  language: 'ko',
  width: 600,
  height: 400,
};
const textsOf = (form: (typeof EMBED_FORMS)[number]) => embedCode(form, choice).map(({ text }) => text);

describe('the text for a document', () => {
  it.each(EMBED_FORMS)('names the run in every form: %s', (form) => {
    const text = textsOf(form).join('\n');
    expect(text).toContain('drain');
    expect(text).toMatch(/seed=("?)7\b/);
    expect(text).not.toContain('<node>');
  });

  it('is one text a place: a shortcode is a file of its own', () => {
    expect(textsOf('hugo')[0]).toBe('{{< podarium scenario="drain" lang="ko" seed="7" >}}');
    expect(embedCode('hugo', choice)[1]?.file).toBe('layouts/shortcodes/podarium.html');
    for (const form of EMBED_FORMS.filter((each) => each !== 'hugo')) expect(textsOf(form)).toHaveLength(1);
  });
});
