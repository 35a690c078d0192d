// The player's icons: 16 px, drawn in the text's colour.

const PATHS = {
  play: '<path d="M4 2.5v11l9-5.5z" fill="currentColor"/>',
  pause: '<path d="M4 2.5h3v11H4zM9.5 2.5h3v11h-3z" fill="currentColor"/>',
  replay: '<path d="M3.2 8a4.8 4.8 0 1 0 1.5-3.5M3 2.6v2.6h2.6"/>',
  undo: '<path d="M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6M5.5 3.5L2.5 6.5l3 3"/>',
  expand: '<path d="M9.5 2.5h4v4M13.2 2.8L9 7M6.5 13.5h-4v-4M2.8 13.2L7 9"/>',
  mark: '<path d="M2.2 12V7.6a5.8 5.8 0 0 1 11.6 0V12M1 13.8h14"/><circle cx="6.1" cy="10.2" r="2" fill="var(--a-fill)" stroke="none"/><rect x="8.7" y="8.2" width="3.7" height="3.7" rx=".8" fill="var(--b-fill)" stroke="none"/>',
};

export type IconName = keyof typeof PATHS;

export function iconOf(name: IconName): SVGSVGElement {
  const icon = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const size = name === 'mark' ? '22' : '16';
  for (const [attribute, value] of Object.entries({
    viewBox: '0 0 16 16',
    width: size,
    height: size,
    fill: 'none',
    stroke: 'currentColor',
    'stroke-width': '1.5',
    'stroke-linecap': 'round',
    'stroke-linejoin': 'round',
    'aria-hidden': 'true',
  }))
    icon.setAttribute(attribute, value);
  icon.innerHTML = PATHS[name];
  return icon;
}
