// Proves that the checks of floors and determinism bite: each rule must fire on a file that breaks it.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const bad: Record<string, { readonly file: string; readonly code: string; readonly rule: string }> = {
  'a kind that imports a controller': {
    file: 'src/kube/a.ts',
    code: "import { x } from '../cluster/controllers/x.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  'a kind that imports the clock': {
    file: 'src/kube/b.ts',
    code: "import { x } from '../sim/x.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  'a kubelet that imports the scheduler': {
    file: 'src/cluster/kubelet/a.ts',
    code: "import { x } from '../scheduler/x.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  'a scene that imports the cluster': {
    file: 'src/scene/a.ts',
    code: "import { x } from '../cluster/x.ts';\nexport const y = x;\n",
    rule: 'no-restricted-imports',
  },
  'a session that imports React': {
    file: 'src/session/a.ts',
    code: "import { useState } from 'react';\nexport const y = useState;\n",
    rule: 'no-restricted-imports',
  },
  'YAML outside the manifest reader': {
    file: 'src/cluster/a.ts',
    code: "import { parse } from 'yaml';\nexport const y = parse;\n",
    rule: 'no-restricted-imports',
  },
  'the wall clock in the cluster': { file: 'src/cluster/b.ts', code: 'export const y = Date.now();\n', rule: 'no-restricted-properties' },
  'bare randomness in the cluster': {
    file: 'src/cluster/c.ts',
    code: 'export const y = Math.random();\n',
    rule: 'no-restricted-properties',
  },
  "a browser's own exponentials in the cluster": {
    file: 'src/cluster/e.ts',
    code: 'export const y = Math.exp(1);\n',
    rule: 'no-restricted-properties',
  },
  "a browser's own reading of times in kubectl": {
    file: 'src/kubectl/b.ts',
    code: "export const y = Date.parse('1');\n",
    rule: 'no-restricted-properties',
  },
  'a timer in kubectl': {
    file: 'src/kubectl/a.ts',
    code: 'export const y = () => setTimeout(() => {}, 1);\n',
    rule: 'no-restricted-globals',
  },
  'async in a scenario': { file: 'src/scenario/a.ts', code: 'export const y = async () => 1;\n', rule: 'no-async-await' },
  'the DOM in the cluster': { file: 'src/cluster/d.ts', code: 'export const y = () => document.title;\n', rule: 'no-restricted-globals' },
  'a cycle': { file: 'src/base/a.ts', code: "import { z } from './z.ts';\nexport const y = z;\n", rule: 'no-cycle' },
};

describe('the lint rules', () => {
  const root = mkdtempSync(join(tmpdir(), 'floors-'));
  let report = '';

  beforeAll(() => {
    cpSync('.oxlintrc.json', join(root, '.oxlintrc.json'));
    const files = {
      ...Object.fromEntries(Object.values(bad).map(({ file, code }) => [file, code])),
      'src/base/z.ts': "import { y } from './a.ts';\nexport const z = y;\n",
    };
    for (const [file, code] of Object.entries(files)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), code);
    }
    const oxlint = join(process.cwd(), 'node_modules/.bin/oxlint');
    try {
      report = execFileSync(oxlint, ['-c', '.oxlintrc.json', '-f', 'unix', 'src'], { cwd: root, encoding: 'utf8' });
    } catch (error) {
      report = String((error as { stdout?: string }).stdout);
    }
  });

  afterAll(() => rmSync(root, { recursive: true, force: true }));

  for (const [name, { file, rule }] of Object.entries(bad)) {
    it(`refuse ${name}`, () => {
      const lines = report.split('\n').filter((line) => line.startsWith(file));
      expect(lines.join('\n')).toContain(rule);
    });
  }
});
