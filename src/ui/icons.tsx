// The icons: 16 px, one stroke of 1.5, round ends. Drawn in the colour of the text beside them, and silent: the control that holds
// one has the words.
const PATHS = {
  play: 'M4.5 3L12.5 8L4.5 13Z',
  pause: 'M5 3V13M11 3V13',
  stepBack: 'M13 3.5L6.5 8L13 12.5ZM3.5 3.5V12.5',
  stepOn: 'M3 3.5L9.5 8L3 12.5ZM12.5 3.5V12.5',
  replay: 'M3 8A5 5 0 1 0 5 4M5.4 1.2L4.8 4.2L7.8 4.8',
  search: 'M7 12A5 5 0 1 0 7 2A5 5 0 0 0 7 12ZM10.7 10.7L14 14',
  close: 'M3.5 3.5L12.5 12.5M12.5 3.5L3.5 12.5',
  check: 'M3 8.5L6.5 12L13 4.5',
  plus: 'M8 3V13M3 8H13',
  minus: 'M3 8H13',
  undo: 'M3 7H10A3.5 3.5 0 0 1 10 14H6M6 3.5L2.7 7L6 10.5',
  edit: 'M3 13L3.8 9.8L10.8 2.8L13.2 5.2L6.2 12.2ZM9.2 4.4L11.6 6.8',
  leave: 'M8.5 2.5H13.5V13.5H8.5M2 8H9.5M6.5 5L9.5 8L6.5 11',
  copy: 'M6 5.5H13V13.5H6ZM3 10.5V2.5H10',
  link: 'M6.5 9.5L9.5 6.5M7 4.8L8.6 3.2A3 3 0 0 1 12.8 7.4L11.2 9M9 11.2L7.4 12.8A3 3 0 0 1 3.2 8.6L4.8 7',
  expand: 'M9.5 2.5H13.5V6.5M13.5 2.5L9 7M6.5 13.5H2.5V9.5M2.5 13.5L7 9',
  menu: 'M2.5 4H13.5M2.5 8H13.5M2.5 12H13.5',
  more: 'M3 8H3.1M8 8H8.1M13 8H13.1',
  chevronDown: 'M4 6L8 10L12 6',
  chevronUp: 'M4 10L8 6L12 10',
  projector: 'M2 3.2H14V10.2H2ZM8 10.2V12M5 14L8 12L11 14',
  sun: 'M8 11A3 3 0 1 0 8 5A3 3 0 0 0 8 11ZM8 1.2V2.6M8 13.4V14.8M1.2 8H2.6M13.4 8H14.8M3.2 3.2L4.2 4.2M11.8 11.8L12.8 12.8M12.8 3.2L11.8 4.2M4.2 11.8L3.2 12.8',
  moon: 'M13 9.7A5.6 5.6 0 1 1 6.3 3A4.6 4.6 0 0 0 13 9.7Z',
  globe: 'M8 14.3A6.3 6.3 0 1 0 8 1.7A6.3 6.3 0 0 0 8 14.3ZM1.8 8H14.2M8 1.8C4.6 5.5 4.6 10.5 8 14.2C11.4 10.5 11.4 5.5 8 1.8',
  terminal: 'M2.5 4L6.5 8L2.5 12M8 12.5H13.5',
  clock: 'M8 14A6 6 0 1 0 8 2A6 6 0 0 0 8 14ZM8 4.8V8L10.4 9.6',
  warn: 'M8 2.5L14.2 13.2H1.8ZM8 6.6V9.4M8 11.4V11.5',
  power: 'M8 2V8M4.6 4.2A5.2 5.2 0 1 0 11.4 4.2',
  drain: 'M8 2V11M4.5 7.5L8 11L11.5 7.5M3 14H13',
  tape: 'M2 10.5L6 5.5M6 10.5L10 5.5M10 10.5L14 5.5',
  panel: 'M2 3H14V13H2ZM10 3V13',
  keyboard: 'M1.5 4H14.5V12H1.5ZM4 6.8H4.1M6.7 6.8H6.8M9.3 6.8H9.4M12 6.8H12.1M5 9.6H11',
  paste: 'M5.5 3H3V14H13V3H10.5M5.5 1.8H10.5V4.4H5.5ZM5.5 8H10.5M5.5 11H9',
  cluster: 'M2 3H7V7H2ZM9 3H14V7H9ZM2 9.5H7V13.5H2ZM11.5 9.5V13.5M9.5 11.5H13.5',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set(['play', 'stepBack', 'stepOn']);

export function iconPath(name: IconName): string {
  return PATHS[name];
}

export function Icon({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg className="icon" width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill={FILLED.has(name) ? 'currentColor' : 'none'}
        stroke="currentColor"
        strokeWidth="1.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
