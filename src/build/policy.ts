// The Content-Security-Policy of the built pages: their own files and nothing else. No inline script or style, no eval, no other host.
// The development server needs inline styles for its reloads, so that the policy is written into built pages only.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

const OWN_FILES = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'font-src': "'self'",
  'img-src': "'self' data: blob:",
  'connect-src': "'self'",
  'manifest-src': "'self'",
  'worker-src': "'self'",
  'frame-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
};

/** The policy as a meta element. Inline parts of a page are named by their hashes, and then there are no files. */
export function policyMeta(inline?: { readonly scripts: readonly string[]; readonly styles: readonly string[] }): string {
  const directives = inline
    ? {
        'default-src': "'none'",
        'script-src': inline.scripts.map(hashOf).join(' '),
        'style-src': inline.styles.map(hashOf).join(' '),
        'font-src': 'data:',
        'img-src': 'data: blob:',
        'frame-src': 'blob:',
        'base-uri': "'none'",
        'form-action': "'none'",
      }
    : OWN_FILES;
  const content = Object.entries(directives).map(([name, value]) => `${name} ${value}`);
  return `<meta http-equiv="Content-Security-Policy" content="${content.join('; ')}" />`;
}

export function policy(): Plugin {
  return {
    name: 'policy',
    apply: 'build',
    transformIndexHtml: { order: 'post', handler: (html) => html.replace('<meta charset="utf-8" />', `$&\n    ${policyMeta()}`) },
  };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
