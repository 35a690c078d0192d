// Whether the page around an element is dark, as documentation sites say it, and when that changes.

const NAMES = ['data-bs-theme', 'data-theme', 'data-md-color-scheme', 'data-color-mode', 'class'];
const DARK = /(^|[\s-])(dark|slate)($|[\s-])/i;
const LIGHT = /(^|[\s-])(light|default)($|[\s-])/i;

/**
 * What the page says in words of its root or body; else the scheme that its styles give the place of the element; else the system's. Without an
 * element the styles are not asked, for they would have to be settled at once.
 */
export function isPageDark(element: Element | undefined): boolean {
  for (const root of [document.documentElement, document.body]) {
    for (const name of NAMES) {
      const value = root?.getAttribute(name) ?? '';
      if (DARK.test(value)) return true;
      if (name !== 'class' && LIGHT.test(value)) return false;
    }
  }
  const scheme = element && getComputedStyle(element.parentElement ?? document.documentElement).colorScheme;
  if (scheme === 'dark' || scheme === 'light') return scheme === 'dark';
  return matchMedia('(prefers-color-scheme: dark)').matches;
}

/** Calls `onChange` when the page or the system changes; returns how to stop. */
export function watchPageTheme(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  for (const root of [document.documentElement, document.body])
    if (root) observer.observe(root, { attributes: true, attributeFilter: NAMES });
  const system = matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', onChange);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', onChange);
  };
}
