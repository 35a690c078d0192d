// hostname id groups whoami uname nproc tty pwd: who and where a process is.

import type { Call } from '../call.ts';
import { readOptions } from '../options.ts';
import { groupsOf } from '../owners.ts';
import { instant, type Program } from '../program.ts';
import { groupName, userName, userNumber } from '../users.ts';

/** The processors of a machine, where the container has no limit. */
const CPU_COUNT = 4;

export const hostname = instant((call) => {
  const options = readOptions(call, 'ifsdI', { 'ip-address': 'i', short: 's', fqdn: 'f' });
  if (typeof options === 'number') return options;
  const { hostname: name, ip } = call.kernel.sandbox;
  if (options.has('i') || options.has('I')) call.out(`${ip}${options.has('I') ? ' ' : ''}\n`);
  else if (options.has('d')) call.out(`${fullName(call).split('.').slice(1).join('.')}\n`);
  else if (options.has('f')) call.out(`${fullName(call)}\n`);
  else call.out(`${options.has('s') ? name.split('.', 1)[0] : name}\n`);
  return 0;
});

/** What its address is called first in /etc/hosts. */
function fullName(call: Call): string {
  const { hostname: name, ip } = call.kernel.sandbox;
  const hosts = call.files.stat('/etc/hosts') ? call.files.read('/etc/hosts') : '';
  return (
    hosts
      .split('\n')
      .find((line) => line.startsWith(`${ip}\t`))
      ?.split('\t')[1] ?? name
  );
}

export const id = instant((call) => {
  const options = readOptions(call, 'ugnGr');
  if (typeof options === 'number') return options;
  const [asked] = options.operands;
  const user = asked === undefined ? call.user : userNumber(call, asked);
  if (user === undefined) return call.fail(call.isBusybox ? `unknown user ${asked}` : `'${asked}': no such user`);
  const group = call.box.group ?? 0;
  const named = (number: number, name: string | undefined) => `${number}${name === undefined ? '' : `(${name})`}`;
  const shown = (number: number, name: string | undefined) => (options.has('n') ? (name ?? number) : number);
  const groups = groupsOf(call.box);
  if (options.has('u')) call.out(`${shown(user, userName(call, user))}\n`);
  else if (options.has('g')) call.out(`${shown(group, groupName(call, group))}\n`);
  else if (options.has('G')) call.out(`${groups.map((each) => shown(each, groupName(call, each))).join(' ')}\n`);
  else {
    const list = groups.map((each) => named(each, groupName(call, each))).join(',');
    call.out(`uid=${named(user, userName(call, user))} gid=${named(group, groupName(call, group))} groups=${list}\n`);
  }
  return 0;
});

/** `id -Gn`. */
export const groups: Program = { run: (call) => id.run(call.withArgs(['-Gn'])) };

export const whoami = instant((call) => {
  const name = userName(call, call.user);
  if (!name) return call.fail(`unknown uid ${call.user}`);
  call.out(`${name}\n`);
  return 0;
});

export const uname = instant((call) => {
  const options = readOptions(call, 'asnrvmpio', { all: 'a' });
  if (typeof options === 'number') return options;
  const parts: readonly (readonly [string, string])[] = [
    ['s', 'Linux'],
    ['n', call.kernel.sandbox.hostname],
    ['r', '6.18.0'],
    ['v', '#1 SMP PREEMPT_DYNAMIC'],
    ['m', 'x86_64'],
    ['o', 'GNU/Linux'],
  ];
  const wanted = parts.filter(([letter]) => options.has('a') || options.has(letter));
  call.out(`${(wanted.length > 0 ? wanted : parts.slice(0, 1)).map(([, text]) => text).join(' ')}\n`);
  return 0;
});

export const nproc = instant((call) => {
  call.out(`${CPU_COUNT}\n`);
  return 0;
});

export const tty = instant((call) => {
  call.out('not a tty\n');
  return 1;
});

export const pwd = instant((call) => {
  call.out(`${call.process.directory || '/'}\n`);
  return 0;
});
