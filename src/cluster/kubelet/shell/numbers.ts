// Sizes as people write and read them.

const UNITS = ['', 'K', 'M', 'G', 'T'];

/** `10.0M`, `4.0K`, `12`. */
export function humanBytes(bytes: number): string {
  let size = bytes;
  let unit = 0;
  for (; size >= 1024 && unit < UNITS.length - 1; unit++) size /= 1024;
  return unit === 0 ? String(size) : `${size.toFixed(1)}${UNITS[unit]}`;
}

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  B: 1,
  c: 1,
  w: 2,
  b: 512,
  k: 1024,
  K: 1024,
  kB: 1000,
  Ki: 1024,
  KiB: 1024,
  m: 1 << 20,
  M: 1 << 20,
  MB: 1_000_000,
  Mi: 1 << 20,
  MiB: 1 << 20,
  g: 1 << 30,
  G: 1 << 30,
  GB: 1_000_000_000,
  Gi: 1 << 30,
  GiB: 1 << 30,
};

/** `20`, `1M`, `150MB`; undefined: it is no size. */
export function parseBytes(text: string): number | undefined {
  const [, number, unit = ''] = /^(\d+(?:\.\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = FACTORS[unit];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}
