// The Content-Security-Policy of the built pages: their own files and nothing else. No inline script or style, no eval, no other host.
// The development server needs inline styles for its reloads, so that the policy is written into built pages only.
import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * The policy of a page that stands in files beside it. `site` is the origin that it is served from, where the build knows it: a frame
 * in a sandbox has no origin of its own, and WebKit takes 'self' for nobody there.
 */
export function filesPolicy(site?: string): string {
  const own = site === undefined ? "'self'" : `'self' ${new URL(site).origin}`;
  return metaOf({
    'default-src': "'none'",
    'script-src': own,
    'style-src': own,
    'font-src': own,
    'img-src': `${own} data: blob:`,
    'connect-src': own,
    'manifest-src': "'self'",
    'worker-src': "'self'",
    'frame-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
  });
}

/** The policy of a page that is one file: its inline parts are named by their hashes. */
export function inlinePolicy({ scripts, styles }: { readonly scripts: readonly string[]; readonly styles: readonly string[] }): string {
  return metaOf({
    'default-src': "'none'",
    'script-src': scripts.map(hashOf).join(' '),
    'style-src': styles.map(hashOf).join(' '),
    'font-src': 'data:',
    'img-src': 'data: blob:',
    'frame-src': 'blob:',
    'base-uri': "'none'",
    'form-action': "'none'",
  });
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
      handler: (html) => html.replace('<meta charset="utf-8" />', `$&\n    ${filesPolicy(process.env['SITE'] || undefined)}`),
    },
  };
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
