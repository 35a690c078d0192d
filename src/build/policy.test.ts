import { describe, expect, it } from 'vitest';
import { filesPolicy, inlinePolicy } from './policy.ts';

describe('the policy of the pages', () => {
  it('names their own files alone', () => {
    expect(filesPolicy()).toContain(
      "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' data: blob:;",
    );
  });

  it('names the site as well, where a build is told of it', () => {
    const policy = filesPolicy('https://pods.example/docs/');
    expect(policy).toContain("script-src 'self' https://pods.example; style-src 'self' https://pods.example;");
    expect(policy).not.toContain('unsafe');
    expect(() => filesPolicy('pods.example')).toThrow('Invalid URL');
  });

  it('names what is inline by its hash', () => {
    // Of the empty text, base64.
    expect(inlinePolicy({ scripts: [''], styles: [] })).toContain(
      "script-src 'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='; style-src ;",
    );
  });
});
