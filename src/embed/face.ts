// The typeface, in the document once whatever the number of worlds, under a name of our own; a page whose policy refuses it is served in
// its system's.
import regular from 'virtual:face/latin-400';
import bold from 'virtual:face/latin-600';

const WAIT_MS = 400;

let loading: Promise<void> | undefined;

/** Settles when the faces are there, and soon where they are slow to come: then the page is served in its system's until they are. */
export function loadFaces(): Promise<unknown> {
  if (typeof FontFace === 'undefined') return Promise.resolve();
  loading ??= load();
  return Promise.race([loading, new Promise((resolve) => setTimeout(resolve, WAIT_MS))]);
}

async function load(): Promise<void> {
  const faceOf = (url: string, weight: string) =>
    new FontFace('Podarium Sans', `url(${JSON.stringify(new URL(url, import.meta.url).href)})`, { weight }).load();
  try {
    // Both at once, for with each the page looks at all its text anew.
    for (const face of await Promise.all([faceOf(regular, '400'), faceOf(bold, '600')])) document.fonts.add(face);
  } catch {
    // Refused by the page's policy, or not to be had.
  }
}
