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

/** Of the page for frames: in a sandbox it has no origin, and then WebKit takes its own files for those of another host. */
const OWN_FILES_FRAMED = {
  ...OWN_FILES,
  'script-src': "'self' http: https:",
  'style-src': "'self' http: https:",
  'font-src': "'self' http: https:",
};

/** The policy as a meta element. Inline parts of a page are named by their hashes, and then there are no files. */
export function policyMeta(inline?: { readonly scripts: readonly string[]; readonly styles: readonly string[] }): string {
  return metaOf(
    inline
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
      : OWN_FILES,
  );
}

function metaOf(directives: Readonly<Record<string, string>>): string {
  const content = Object.entries(directives).map(([name, value]) => `${name} ${value}`);
  return `<meta http-equiv="Content-Security-Policy" content="${content.join('; ')}" />`;
}

export function policy(): Plugin {
  return {
    name: 'policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { path }) =>
        html.replace('<meta charset="utf-8" />', `$&\n    ${path.endsWith('/embed.html') ? metaOf(OWN_FILES_FRAMED) : policyMeta()}`),
    },
  };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
