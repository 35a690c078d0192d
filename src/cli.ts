#!/usr/bin/env node
// The headless runner: `record CASE.yaml... --out DIR` runs scenarios and writes what happened. Wiring only.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import descriptions from './kube/schema/descriptions.generated.json' with { type: 'json' };
import { parseScenario } from './scenario/parse.ts';
import { record } from './scenario/record.ts';
import { ScenarioError } from './scenario/scenarioError.ts';

const USAGE = `usage: podarium record CASE.yaml... --out DIR [--seed N]
  Runs each scenario in virtual time and writes DIR/<name>.json.`;

interface Arguments {
  readonly files: readonly string[];
  readonly outDir: string;
  readonly seed: number;
}

function readArguments(words: readonly string[]): Arguments | string {
  const files: string[] = [];
  let outDir: string | undefined;
  let seed = 1;
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string;
    const [flag, inline] = word.startsWith('--') && word.includes('=') ? word.split('=', 2) : [word, undefined];
    if (flag === '--out') outDir = inline ?? words[++i];
    else if (flag === '--seed') seed = Number(inline ?? words[++i]);
    else if (word.startsWith('-')) return `unknown flag: ${word}`;
    else files.push(word);
  }
  if (outDir === undefined) return 'where to? --out DIR is missing';
  if (files.length === 0) return 'no scenario given';
  if (!Number.isInteger(seed) || seed < 0) return '--seed must be a whole number';
  return { files, outDir, seed };
}

/** Records one file; returns what went wrong. */
function recordFile(file: string, { outDir, seed }: Arguments): string | undefined {
  try {
    const scenario = parseScenario(readFileSync(file, 'utf8'));
    const name = scenario.name || basename(file).replace(/\.ya?ml$/, '');
    writeFileSync(join(outDir, `${name}.json`), `${JSON.stringify(record(scenario, { seed, descriptions }), null, 1)}\n`);
    return undefined;
  } catch (error) {
    return inWords(error);
  }
}

function inWords(error: unknown): string {
  if (error instanceof ScenarioError) return error.message;
  // The system's own words: no such file, no right to read it.
  if (error instanceof Error && 'syscall' in error) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function main(words: readonly string[]): number {
  if (words.includes('--help') || words.includes('-h')) {
    process.stdout.write(`${USAGE}\n`);
    return 0;
  }
  const [command, ...rest] = words;
  const given = command === 'record' ? readArguments(rest) : `unknown command: ${command ?? '(none)'}`;
  if (typeof given === 'string') {
    process.stderr.write(`${given}\n${USAGE}\n`);
    return 2;
  }
  try {
    mkdirSync(given.outDir, { recursive: true });
  } catch (error) {
    process.stderr.write(`${inWords(error)}\n`);
    return 1;
  }
  let failures = 0;
  for (const file of given.files) {
    const problem = recordFile(file, given);
    if (problem === undefined) continue;
    failures++;
    process.stderr.write(`${file}: ${problem}\n`);
  }
  return failures === 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
