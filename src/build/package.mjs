// The npm package: `npm run build:package` writes lib/ (after `npm run build`, from whose site the element is taken), packs it as npm would,
// and proves it: the packed copy is imported, typed against and run. publint and arethetypeswrong read it after that.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const lib = join(root, 'lib');
const trial = join(root, '.cache', 'package');
const run = (command, args, cwd = root) => execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
const bin = (name) => join(root, 'node_modules', '.bin', name);

run(bin('vite'), ['build', '-c', 'src/build/package.config.ts', '--logLevel', 'error']);
run(bin('tsc'), ['-p', 'src/build/package.tsconfig.json']);
keepDeclarations();
copyElement();
rmSync(trial, { recursive: true, force: true });
mkdirSync(trial, { recursive: true });
const [packed] = JSON.parse(run('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', trial]));
const tarball = join(trial, packed.filename);
tryPacked();
console.log(`the npm package: ${packed.size} bytes packed, ${packed.entryCount} files`);

/** Of the declarations those that the two entries lead to. */
function keepDeclarations() {
  const types = join(lib, 'types');
  const kept = new Set(['index.d.ts', join('embed', 'worldElement.d.ts')]);
  for (const file of kept) {
    const text = readFileSync(join(types, file), 'utf8').replaceAll(/((?:from |import\()['"]\.[^'"]*)\.ts(?=['"])/g, '$1.js');
    writeFileSync(join(types, file), text);
    for (const [, path] of text.matchAll(/(?:from |import\()['"](\.[^'"]*)\.js['"]/g)) kept.add(`${join(dirname(file), path)}.d.ts`);
  }
  for (const name of readdirSync(types, { recursive: true })) if (name.endsWith('.d.ts') && !kept.has(name)) rmSync(join(types, name));
}

/** The element, with the files that it loads: its posters, the player and the typefaces. */
function copyElement() {
  const dist = join(root, 'dist');
  const files = new Set(['podarium.js']);
  for (const file of files) {
    if (!file.endsWith('.js')) continue;
    const code = readFileSync(join(dist, file), 'utf8');
    for (const [, path] of code.matchAll(/["'`](\.{1,2}\/[\w./-]+\.js)["'`]/g)) files.add(join(dirname(file), path));
    for (const [, path] of code.matchAll(/["'`](assets\/[\w./-]+\.(?:js|css|woff2))["'`]/g)) files.add(path);
    for (const [, name] of code.matchAll(/["'`]([\w-]+\.woff2)["'`]/g)) files.add(join(dirname(file), name));
  }
  const element = join(lib, 'element');
  for (const file of files) {
    mkdirSync(dirname(join(element, file)), { recursive: true });
    cpSync(join(dist, file), join(element, file));
  }
  for (const name of ['LICENSE', 'THIRD_PARTY_LICENSES.md']) cpSync(join(name === 'LICENSE' ? root : dist, name), join(lib, name));
}

/** What a user of the package does first: import it, check types against it, record a scenario. */
function tryPacked() {
  const user = join(trial, 'user');
  const home = join(user, 'node_modules', 'podarium');
  mkdirSync(home, { recursive: true });
  run('tar', ['-xzf', tarball, '--strip-components=1', '-C', home]);
  writeFileSync(join(user, 'package.json'), '{"type":"module"}');
  writeFileSync(
    join(user, 'try.ts'),
    `import { createCluster, parseScenario, record, type Recording } from 'podarium';
import type { WorldElement } from 'podarium/element';
const made: Recording = record(parseScenario('name: x\\nabout: y\\nnodes: [{name: a}]\\nsteps: [{wait: 1s}]\\n'));
const cluster = createCluster({ machines: [{ name: 'a' }] });
const { stdout }: { stdout: string } = cluster.kubectl('kubectl get nodes -o name');
const element: WorldElement | undefined = undefined;
if (stdout !== 'node/a\\n' || made.steps.length !== 1 || element) throw new Error(stdout);
`,
  );
  const types = [
    '--ignoreConfig',
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--lib',
    'es2023,dom,dom.iterable',
    '--types',
    '',
    'try.ts',
  ];
  run(bin('tsc'), types, user);
  const script = readFileSync(join(user, 'try.ts'), 'utf8')
    .replaceAll(/^import type.*$|, type \w+/gm, '')
    .replaceAll(/: (Recording|WorldElement \| undefined|\{ stdout: string \})/g, '');
  writeFileSync(join(user, 'try.js'), script);
  run(process.execPath, ['try.js'], user);
  const [, yaml] = /```yaml\n(.*?)```/s.exec(readFileSync(join(root, 'src', 'docs', 'record.md'), 'utf8'));
  writeFileSync(join(user, 'lost-node.yaml'), yaml);
  const { bin: bins } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  run(process.execPath, [join(home, bins.podarium), 'record', 'lost-node.yaml', '--out', 'recordings'], user);
  const { steps } = JSON.parse(readFileSync(join(user, 'recordings', 'lost-node.json'), 'utf8'));
  if (steps.length !== 3) throw new Error('the recording lacks steps');
}
