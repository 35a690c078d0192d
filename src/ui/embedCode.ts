// The text that puts a world into a document, in the forms that documentation tools take.

export const EMBED_FORMS = ['iframe', 'element', 'markdown', 'docusaurus', 'hugo', 'mkdocs'] as const;
export type EmbedForm = (typeof EMBED_FORMS)[number];

export interface EmbedChoice {
  /** Where this site is. */
  readonly home: string;
  readonly scenario: string;
  readonly title: string;
  readonly seed: number;
  readonly language: string;
  readonly width: number;
  readonly height: number;
}

export function embedAddress({ home, scenario, seed, language }: EmbedChoice): string {
  const query = new URLSearchParams({ scenario, lang: language, ...(seed === 1 ? {} : { seed: String(seed) }) });
  return new URL(`embed.html?${query}`, home).href;
}

export function embedCode(form: EmbedForm, choice: EmbedChoice): string {
  const { home, scenario, title, seed, language, width, height } = choice;
  const script = new URL('podarium.js', home).href;
  const poster = new URL(`posters/${scenario}.${language}.svg`, home).href;
  const full = new URL(`#s=${scenario}`, home).href;
  const words = `scenario="${scenario}" lang="${language}"${seed === 1 ? '' : ` seed="${seed}"`}`;
  const size = `width:100%;max-width:${width}px;height:${height}px`;
  const fallback = `<a href="${full}"><img src="${poster}" alt="${escapeHtml(title)}" width="${width}" height="${height}"></a>`;
  const element = `<script type="module" src="${script}"></script>\n<podarium-world ${words} style="${size}">${fallback}</podarium-world>`;
  const frame = `<iframe src="${escapeHtml(embedAddress(choice))}" title="${escapeHtml(title)}" width="${width}" height="${height}" style="border:0;max-width:100%" sandbox="allow-scripts allow-popups" loading="lazy"></iframe>`;
  switch (form) {
    case 'iframe':
    case 'mkdocs':
      return frame;
    case 'element':
      return element;
    case 'markdown':
      return `[![${title.replaceAll(/[[\]]/g, '')}](${poster})](${full})`;
    case 'docusaurus':
      return [
        "import Head from '@docusaurus/Head';",
        '',
        `<Head><script type="module" src="${script}" /></Head>`,
        `<podarium-world ${words} style={{width: '100%', maxWidth: ${width}, height: ${height}}} />`,
      ].join('\n');
    case 'hugo':
      return [
        '{{/* layouts/shortcodes/podarium.html */}}',
        `<script type="module" src="${script}"></script>`,
        `<podarium-world scenario="{{ .Get 0 }}" lang="{{ .Site.Language.Lang }}" style="${size}"></podarium-world>`,
        '',
        '{{/* in a page */}}',
        `{{< podarium ${scenario} >}}`,
      ].join('\n');
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
