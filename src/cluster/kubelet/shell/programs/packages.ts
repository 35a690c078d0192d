// apt-get and apk: what they install are the programs that are known here, and their names are made up for nobody: an unknown package
// is refused.
import type { Call, Outcome } from '../call.ts';
import { executableEntry, programNamed } from '../images/base.ts';
import { own } from '../own.ts';
import type { Program } from '../program.ts';

/** The programs of packages. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  curl: ['curl'],
  wget: ['wget'],
  procps: ['ps', 'pgrep', 'pkill', 'free', 'uptime', 'watch', 'top'],
  'iputils-ping': ['ping'],
  iputils: ['ping'],
  dnsutils: ['nslookup'],
  'bind9-dnsutils': ['nslookup'],
  'bind-tools': ['nslookup'],
  'net-tools': ['netstat'],
  netcat: ['nc'],
  'netcat-openbsd': ['nc'],
  'netcat-traditional': ['nc'],
  'amqp-tools': ['amqp-declare-queue', 'amqp-publish', 'amqp-consume'],
  busybox: ['busybox'],
  bash: ['bash'],
  stress: ['stress'],
  'stress-ng': ['stress'],
  python: ['python'],
  python3: ['python3'],
  nodejs: ['node'],
  'postgresql-client': ['psql', 'pg_isready'],
  perl: ['perl'],
  nginx: ['nginx'],
  'redis-tools': ['redis-cli'],
  'ca-certificates': [],
  coreutils: [],
  jq: [],
};

const UPDATE_MS = 2000;
const INSTALL_MS = 4000;

export const packages: Program = {
  run(call): Outcome {
    const [action = '', ...names] = call.args.filter((word) => !word.startsWith('-'));
    const isApk = call.name === 'apk';
    const ms = action === 'update' ? UPDATE_MS : action === 'install' || action === 'add' ? INSTALL_MS : 0;
    const { atMs } = call.remember(() => ({ atMs: call.nowMs + ms }));
    if (atMs > call.nowMs) return { untilMs: atMs };
    if (action !== 'install' && action !== 'add') {
      if (action === 'update') call.out(isApk ? 'OK: 25000 distinct packages available\n' : 'Reading package lists... Done\n');
      return 0;
    }
    const missing = names.filter((name) => !own(PACKAGES, name));
    if (missing.length > 0) return refuse(call, isApk, missing);
    for (const program of names.flatMap((name) => own(PACKAGES, name) ?? [])) {
      call.files.put(`/usr/bin/${program}`, () => executableEntry(programNamed(program, isApk ? 'alpine' : 'debian')));
    }
    for (const name of names) call.out(isApk ? `Installing ${name}\n` : `Setting up ${name} ...\n`);
    return 0;
  },
};

function refuse(call: Call, isApk: boolean, missing: readonly string[]): number {
  for (const name of missing)
    call.err(isApk ? `ERROR: unable to select packages:\n  ${name} (no such package)\n` : `E: Unable to locate package ${name}\n`);
  return isApk ? 1 : 100;
}
