// Which modules come in one file. Left to itself the bundler makes a file for every set of modules that the same places ask for, some
// eighty for a world in a document; what comes at one moment may as well be one, and packs better.
import type { Rolldown } from 'vite';

const APP = 'src/main.tsx';
const POSTER = 'src/embed.ts';
const PLAYER = 'src/embed/player.ts';
/** What a document shows only when there is more than one plain owner, and the app from the beginning. */
const AROUND = ['src/session/around.ts', 'src/scene/embedOwners.ts'];
/** What makes and reads links to worlds does without the engine. */
const LINK = 'src/session/worldLink.ts';
/** The pieces of the engine in the order in which they come (session/loadEngine.ts): each file holds what none before it has brought. */
const ENGINE = {
  manifest: 'src/kube/manifest.ts',
  cluster: 'src/cluster/cluster.ts',
  kubectl: 'src/kubectl/run.ts',
  engine: 'src/session/engine.ts',
};

/** The files, in an order in which whatever a module imports is in its own file or in one before. */
const FILES = ['preload-helper', 'embed', 'stage', 'page', 'around', 'play', 'link', ...Object.keys(ENGINE)];

export function chunksOfMoments(): Rolldown.CodeSplittingGroup[] {
  let moments: Moments | undefined;
  return FILES.map((file, i) => ({
    debugName: file,
    name: (id, context) => ((moments ??= new Moments(context)).fileOf(id) === file ? file : null),
    priority: FILES.length - i,
  }));
}

type Modules = ReadonlySet<string>;

class Moments {
  private readonly app: Modules;
  private readonly poster: Modules;
  private readonly player: Modules;
  private readonly around: readonly Modules[];
  private readonly link: Modules;
  private readonly engine: readonly (readonly [file: string, modules: Modules])[];

  constructor(context: Rolldown.ChunkingContext) {
    const modulesOf = (path: string) => modulesFrom(`${process.cwd()}/${path}`, context);
    this.app = modulesOf(APP);
    this.poster = modulesOf(POSTER);
    this.player = modulesOf(PLAYER);
    this.around = AROUND.map(modulesOf);
    this.link = modulesOf(LINK);
    this.engine = Object.entries(ENGINE).map(([file, path]) => [file, modulesOf(path)]);
  }

  fileOf(id: string): string | undefined {
    // The bundler's own, which is taken out of the poster's script again (bareImports.ts).
    if (id.includes('vite/preload-helper')) return 'preload-helper';
    if (this.poster.has(id)) return 'embed';
    if (this.app.has(id) && this.player.has(id)) return 'stage';
    const piece = this.engine.find(([, modules]) => modules.has(id))?.[0];
    if (piece && this.app.has(id)) return 'page';
    // The nouns that it is about are not drawn with it alone: parts of the engine need them, too.
    if (this.app.has(id) && this.around.some((modules) => modules.has(id))) return id.includes('/src/kube/') ? 'page' : 'around';
    if (piece && this.player.has(id)) return 'play';
    if (piece && this.link.has(id)) return 'link';
    return piece;
  }
}

/** A module and all that must be there before it. */
function modulesFrom(entry: string, context: Rolldown.ChunkingContext): Modules {
  const modules = new Set([entry]);
  for (const id of modules) for (const imported of context.getModuleInfo(id)?.importedIds ?? []) modules.add(imported);
  return modules;
}
