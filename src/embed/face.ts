// The typeface, in the document once whatever the number of worlds, under a name of our own; a page whose policy refuses it is served in
// its system's.
import regular from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-400-normal.woff2?url';
import bold from '@fontsource/ibm-plex-sans/files/ibm-plex-sans-latin-600-normal.woff2?url';

let isLoaded = false;

export function loadFace(): void {
  if (isLoaded || typeof FontFace === 'undefined') return;
  isLoaded = true;
  for (const [url, weight] of [
    [regular, '400'],
    [bold, '600'],
  ] as const) {
    const face = new FontFace('Podarium Sans', `url(${JSON.stringify(new URL(url, import.meta.url).href)})`, { weight, display: 'swap' });
    document.fonts.add(face);
    face.load().catch(() => {});
  }
}
