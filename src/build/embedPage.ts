// embed.html stands beside the page in the site, and beside its own code in the project.
import type { Plugin } from 'vite';

export const EMBED_PAGE = 'src/embed/embed.html';

export function embedPage(): Plugin {
  return {
    name: 'embed page',
    enforce: 'post',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const page = bundle[EMBED_PAGE];
        if (page?.type !== 'asset') return;
        page.fileName = 'embed.html';
        page.source = String(page.source).replaceAll(/(["'])(?:\.\.\/)+/g, '$1./');
      },
    },
    configureServer(server) {
      server.middlewares.use((request, _, next) => {
        if (request.url?.startsWith('/embed.html')) request.url = request.url.replace('/embed.html', `/${EMBED_PAGE}`);
        next();
      });
    },
  };
}
