// How a build calls itself in links: the version, and the commit where there is one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export function buildName(): string {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  try {
    return `${version}-${execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()}`;
  } catch {
    return version;
  }
}
