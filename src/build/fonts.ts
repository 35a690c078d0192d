// The faces of @fontsource come twice, as woff2 and, for browsers that could not run the app, as woff: only the first is kept.
import type { Plugin } from 'vite';

export function fonts(): Plugin {
  return {
    name: 'fonts',
    enforce: 'pre',
    transform: (code, id) => (/@fontsource.*\.css$/.test(id) ? code.replaceAll(/,\s*url\([^)]*\.woff\) format\('woff'\)/g, '') : undefined),
  };
}
