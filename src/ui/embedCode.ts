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

/** A text to paste, and the file that it makes where that is one of its own. */
export interface EmbedCode {
  readonly file?: string;
  readonly text: string;
}

export function embedCode(form: EmbedForm, choice: EmbedChoice): readonly EmbedCode[] {
  const { home, scenario, title, seed, language, width, height } = choice;
  const script = new URL('podarium.js', home).href;
  const poster = new URL(`posters/${scenario}.${language}.svg`, home).href;
  const full = new URL(`#s=${scenario}&lang=${language}${seed === 1 ? '' : `&seed=${seed}`}`, home).href;
  const words = `scenario="${scenario}" lang="${language}"${seed === 1 ? '' : ` seed="${seed}"`}`;
  // A block before its script has come, too: the text below stays where it is.
  const size = `display:block;width:100%;max-width:${width}px;height:${height}px`;
  const fallback = `<a href="${escapeHtml(full)}"><img src="${poster}" alt="${escapeHtml(title)}" width="${width}" height="${height}"></a>`;
  const element = `<script type="module" src="${script}"></script>\n<podarium-world ${words} style="${size}">${fallback}</podarium-world>`;
  const frame = `<iframe src="${escapeHtml(embedAddress(choice))}" title="${escapeHtml(title)}" width="${width}" height="${height}" style="border:0;max-width:100%" sandbox="allow-scripts allow-popups allow-popups-to-escape-sandbox" loading="lazy"></iframe>`;
  switch (form) {
    case 'iframe':
      return [{ text: frame }];
    case 'element':
      return [{ text: element }];
    case 'mkdocs':
      // Markdown leaves what stands in a block of HTML alone.
      return [{ text: `<div>\n${element}\n</div>` }];
    case 'markdown':
      return [{ text: `[![${escapeHtml(title).replaceAll(/[[\]]/g, '')}](${poster})](${full})` }];
    case 'docusaurus':
      return [
        {
          text: [
            "import Head from '@docusaurus/Head';",
            '',
            `<Head><script type="module" src="${script}" /></Head>`,
            `<podarium-world ${words} style={{display: 'block', width: '100%', maxWidth: ${width}, height: ${height}}} />`,
          ].join('\n'),
        },
      ];
    case 'hugo':
      return [
        { text: `{{< podarium scenario="${scenario}" lang="${language}" seed="${seed}" >}}` },
        {
          file: 'layouts/shortcodes/podarium.html',
          text: `<script type="module" src="${script}"></script>\n<podarium-world scenario="{{ .Get "scenario" }}" lang="{{ .Get "lang" }}" seed="{{ .Get "seed" }}" style="${size}"></podarium-world>`,
        },
      ];
  }
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
