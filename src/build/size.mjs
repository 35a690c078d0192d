// What the pages weigh: exact gzip bytes of everything each of them loads before it is of use, against budget.json. A page that grows by
// half a kB fails until the budget is changed in the same commit; one that shrinks by as much asks for a smaller budget. `without` names
// what may not be among the modules of a page, whatever it weighs.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

const TOLERANCE = 500;
const dist = join(import.meta.dirname, '..', '..', 'dist');
const chunks = JSON.parse(readFileSync(join(dist, 'chunks.json'), 'utf8'));
const budget = JSON.parse(readFileSync(join(import.meta.dirname, 'budget.json'), 'utf8'));

/** The files of a chunk and of all it imports, styles included, as the files themselves say. */
function filesOf(name) {
  const chunk = chunks[name];
  if (!chunk) throw new Error(`${name} is no chunk of the build`);
  const files = new Set([chunk.file, ...(chunk.css ?? [])]);
  for (const file of files) for (const other of importsOf(file)) files.add(other);
  return files;
}

function importsOf(file) {
  if (!file.endsWith('.js')) return [];
  const named = readFileSync(join(dist, file), 'utf8').matchAll(/(?:^|[;}/\n])\s*(?:import|export)[^"'`()]*?["'](\.[^"']+)["']/g);
  return [...named].map(([, path]) => join(dirname(file), path));
}

/** The modules that went into a file, by its source map; what the bundler itself adds has none. */
function sourcesOf(file) {
  const map = join(dist, `${file}.map`);
  return existsSync(map) ? JSON.parse(readFileSync(map, 'utf8')).sources : [];
}

let hasFailed = false;
for (const [page, { chunks: names, bytes, limit, without = [] }] of Object.entries(budget)) {
  const files = new Set(names.flatMap((name) => [...filesOf(name)]));
  const sizes = [...files].map((file) => [file, gzipSync(readFileSync(join(dist, file)), { level: 9 }).length]);
  const sum = sizes.reduce((total, [, size]) => total + size, 0);
  const intruders = without.filter((part) => [...files].some((file) => sourcesOf(file).some((source) => source.includes(part))));
  const problem =
    intruders.length > 0
      ? `holds ${intruders.join(', ')}, which it must do without`
      : sum > limit
        ? `more than the limit of ${limit}`
        : sum > bytes + TOLERANCE
          ? `${sum - bytes} more than its budget`
          : sum < bytes - TOLERANCE
            ? `${bytes - sum} less than its budget: lower it to keep what was won`
            : '';
  console.log(`${page}: ${sum} bytes, budget ${bytes}, limit ${limit}${problem && `, ${problem}`}`);
  if (problem || process.argv.includes('--files')) for (const [file, size] of sizes) console.log(`  ${size}\t${file}`);
  if (problem) hasFailed = true;
}
process.exit(hasFailed ? 1 : 0);
