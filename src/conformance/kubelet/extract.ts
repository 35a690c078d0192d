// Makes expectations from recordings of a real kubelet; those of one case (`x.json.gz`, `x.again.json.gz`) become the runs of one file:
//   vite build --ssr src/conformance/kubelet/extract.ts --outDir .cache/extract
//   node .cache/extract/extract.js src/conformance/kubelet/expected RECORDING.json.gz...
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type RecordedCase, type Story, storyOf } from './story.ts';

const runs = new Map<string, Story[]>();
const [outDir = '.', ...files] = process.argv.slice(2);
for (const file of files.toSorted()) {
  const [name = ''] = basename(file).split('.');
  const recording = JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as RecordedCase;
  runs.set(name, [...(runs.get(name) ?? []), storyOf(recording)]);
}
for (const [name, stories] of runs) {
  writeFileSync(join(outDir, `${name}.json`), `${JSON.stringify(stories, null, 1)}\n`);
}
