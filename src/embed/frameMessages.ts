// The element spoken to from outside its frame, by postMessage: {podarium: 'play'}, {podarium: 'seek', atMs: 4000}, {podarium: 'run', line:
// 'kubectl get pods'}, {podarium: 'theme', theme: 'dark'}, {podarium: 'state'}. It tells {podarium: 'event', type, detail} and {podarium:
// 'height', height}, and answers iframe-resizer. The page that frames it may be anybody's: it is told only what it can see, and asks only for what a visitor could do.
import type { PodariumWorld } from './element.ts';

const EVENTS = ['ready', 'play', 'pause', 'seek', 'time', 'end', 'error'];
const THEMES: readonly unknown[] = ['auto', 'light', 'dark'];
const WIDE_HEIGHT = 420;
const NARROW_HEIGHT = 480;
const NARROW_BELOW = 560;
const LINE_MAX = 2000;

export function answerFrames(world: PodariumWorld): void {
  if (parent === window) return;
  /** How iframe-resizer calls this frame, once it has said so. */
  let resizerId: string | undefined;
  const tell = (message: unknown) => parent.postMessage(message, '*');
  const height = () => (innerWidth < NARROW_BELOW ? NARROW_HEIGHT : WIDE_HEIGHT);
  const tellHeight = (): void => {
    tell({ podarium: 'height', height: height() });
    if (resizerId !== undefined) tell(`[iFrameSizer]${resizerId}:${height()}:${innerWidth}:init`);
  };
  for (const type of EVENTS)
    world.addEventListener(type, (event) => tell({ podarium: 'event', type, detail: (event as CustomEvent).detail ?? null }));
  addEventListener('message', ({ data, source }: MessageEvent<unknown>) => {
    if (source !== parent) return;
    const id = typeof data === 'string' ? /^\[iFrameSizer\]([^:]{1,100}):/.exec(data)?.[1] : undefined;
    if (id !== undefined) resizerId = id;
    if (id !== undefined || isAsk(data, 'height')) return tellHeight();
    if (isAsk(data, 'play')) void world.play();
    else if (isAsk(data, 'pause')) world.pause();
    else if (isAsk(data, 'state')) tell({ podarium: 'state', state: world.state ?? null });
    else if (isAsk(data, 'seek') && Number.isFinite(data.atMs) && Number(data.atMs) >= 0) void world.seek(Number(data.atMs));
    else if (isAsk(data, 'run') && typeof data.line === 'string' && data.line.length <= LINE_MAX) void world.run(data.line);
    else if (isAsk(data, 'theme') && THEMES.includes(data.theme)) world.setAttribute('theme', String(data.theme));
  });
  addEventListener('resize', tellHeight);
  tellHeight();
}

interface Ask {
  readonly podarium: string;
  readonly atMs?: unknown;
  readonly line?: unknown;
  readonly theme?: unknown;
}

function isAsk(data: unknown, what: string): data is Ask {
  return typeof data === 'object' && data !== null && (data as Partial<Ask>).podarium === what;
}
