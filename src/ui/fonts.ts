// The typefaces: IBM Plex, served with the page. Latin at once; Hangul in slices by range, when Korean is first read.
import '@fontsource/ibm-plex-mono/latin-400.css';
import '@fontsource/ibm-plex-mono/latin-500.css';
import '@fontsource/ibm-plex-mono/latin-600.css';
import '@fontsource/ibm-plex-sans/latin-400.css';
import '@fontsource/ibm-plex-sans/latin-500.css';
import '@fontsource/ibm-plex-sans/latin-600.css';

/** What languages call themselves, in their own letters. */
export const loadNames = () => import('@fontsource/ibm-plex-sans-kr/400.css');

/** The faces a language needs beyond Latin. */
export async function loadFonts(language: string): Promise<void> {
  if (language !== 'ko') return;
  await Promise.all([loadNames(), import('@fontsource/ibm-plex-sans-kr/500.css'), import('@fontsource/ibm-plex-sans-kr/600.css')]);
}
