// ps pgrep pidof killall top free uptime: what runs here, and what it takes.
import type { Call } from '../call.ts';
import { formatDate } from '../dates.ts';
import { readOptions } from '../options.ts';
import { userOf } from '../owners.ts';
import type { Process } from '../process.ts';
import { instant } from '../program.ts';
import { signalNamed } from '../signals.ts';
import { memoryBytesOf } from '../usage.ts';
import { userName } from '../users.ts';

/** A machine's memory, as every container sees it. */
const MEMORY_BYTES = 24 * 2 ** 30;

function seenBy({ kernel, box }: Call): Process[] {
  const all = kernel.sandbox.processes.filter((process) => kernel.isSeen(process, box));
  return all.sort((a, b) => a.pid - b.pid);
}

/** Servers put what they do after their name: `nginx: master process`. */
function nameOf({ argv: [path = ''] }: Process): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/: .*/, '');
}

/** Where containers share their processes, the first is the one that holds the pod. */
const PAUSE = { pid: 1, user: '65535', title: '/pause' };

/** In eight letters; a longer name ends in a plus. */
function ownerOf(call: Call, { box, user: own }: Process): string {
  const owner = call.kernel.sandbox.boxes[box];
  const user = own ?? (owner ? userOf(owner) : 0);
  const name = userName(call, user) ?? String(user);
  return name.length > 8 ? `${name.slice(0, 7)}+` : name.padEnd(8);
}

export const ps = instant((call) => {
  const isGnu = !call.isBusybox;
  const processes = seenBy(call);
  if (isGnu && call.args.some((word) => /^-?a?u?x/.test(word))) return psAux(call, processes);
  if (isGnu) return psGnu(call, processes);
  call.out('PID   USER     COMMAND\n');
  if (call.box.isProcessNamespaceShared) call.out(`${String(PAUSE.pid).padStart(5)} ${PAUSE.user.padEnd(8)} ${PAUSE.title}\n`);
  for (const process of processes) call.out(`${String(process.pid).padStart(5)} ${ownerOf(call, process)} ${process.argv.join(' ')}\n`);
  return 0;
});

/** `-f` tells more, and `-l` with it still more. */
function psGnu(call: Call, processes: readonly Process[]): number {
  const isFull = call.args.some((word) => /^-?\w*f/.test(word));
  const isLong = isFull && call.args.some((word) => /^-?\w*l/.test(word));
  const [before, between] = isLong ? ['F S ', 'C PRI  NI ADDR SZ WCHAN '] : ['', 'C'];
  call.out(isFull ? `${before}UID          PID    PPID  ${between} STIME TTY          TIME CMD\n` : '    PID TTY          TIME CMD\n');
  for (const process of processes) {
    const pid = String(process.pid).padStart(7);
    const parent = String(call.kernel.find(process.parent)?.pid ?? 0).padStart(7);
    const pages = String(Math.ceil((process.memoryBytes || 2 ** 20) / 4096)).padStart(5);
    const [flags, sizes] = isLong ? ['4 S ', `0  80   0 - ${pages} -     `] : ['', '0'];
    call.out(
      isFull
        ? `${flags}${ownerOf(call, process)} ${pid} ${parent}  ${sizes} ${formatDate(process.startedMs, '%H:%M')} ?        00:00:00 ${process.argv.join(' ')}\n`
        : `${pid} ?        00:00:00 ${nameOf(process)}\n`,
    );
  }
  return 0;
}

function psAux(call: Call, processes: readonly Process[]): number {
  call.out('USER         PID %CPU %MEM    VSZ   RSS TTY      STAT START   TIME COMMAND\n');
  for (const process of processes) {
    const kib = Math.round((process.memoryBytes || 2 ** 20) / 1024);
    const cpu = (process.cpuMilli / 10).toFixed(1).padStart(4);
    const memory = ((kib * 102_400) / MEMORY_BYTES).toFixed(1).padStart(4);
    call.out(
      `${ownerOf(call, process)} ${String(process.pid).padStart(7)} ${cpu} ${memory} ${String(kib * 2).padStart(6)} ${String(kib).padStart(5)} ?        S    ${formatDate(process.startedMs, '%H:%M')}   0:00 ${process.argv.join(' ')}\n`,
    );
  }
  return 0;
}

function matching(call: Call, name: string, isWhole: boolean): Process[] {
  return seenBy(call).filter(
    (process) => process.id !== call.process.id && (isWhole ? process.argv.join(' ').includes(name) : nameOf(process).includes(name)),
  );
}

export const pgrep = instant((call) => {
  const options = readOptions(call, 'flaxnovu:P:');
  if (typeof options === 'number') return options;
  const found = matching(call, options.operands[0] ?? '', options.has('f'));
  for (const process of found) call.out(`${process.pid}${options.has('l') || options.has('a') ? ` ${process.argv.join(' ')}` : ''}\n`);
  return found.length > 0 ? 0 : 1;
});

export const pidof = instant((call) => {
  const found = seenBy(call).filter((process) => call.args.includes(nameOf(process)));
  if (found.length > 0)
    call.out(
      `${found
        .map(({ pid }) => pid)
        .reverse()
        .join(' ')}\n`,
    );
  return found.length > 0 ? 0 : 1;
});

/** killall, and pkill, which asks for a part of the name. */
export const killall = instant((call) => {
  const isPart = call.name === 'pkill';
  const isWhole = call.args.includes('-f');
  const words = call.args.filter((word) => !/^-[qfo]$/.test(word));
  const option = words.find((word) => word.startsWith('-'))?.slice(1);
  const signal = option === undefined ? 'TERM' : signalNamed(option === 's' ? (words[words.indexOf('-s') + 1] ?? '') : option);
  const names = words.filter((word, i) => !word.startsWith('-') && words[i - 1] !== '-s');
  if (!signal) return call.fail(`bad signal name '${option}'`);
  let status = 0;
  for (const name of names) {
    const found = isPart
      ? matching(call, name, isWhole)
      : seenBy(call).filter((process) => nameOf(process) === name && process.id !== call.process.id);
    if (found.length === 0) status = isPart || call.args.includes('-q') ? 1 : call.fail(`${name}: no process killed`);
    if (signal !== 'EXIT') for (const process of found) call.kernel.signal(process, signal);
  }
  return status;
});

export const free = instant((call) => {
  const options = readOptions(call, 'bkmgh');
  if (typeof options === 'number') return options;
  const unit = options.has('m') ? 2 ** 20 : options.has('g') ? 2 ** 30 : options.has('b') ? 1 : 1024;
  const used = Object.values(call.kernel.sandbox.boxes).reduce((sum, box) => sum + memoryBytesOf(call.kernel, box), 2 * 2 ** 30);
  const column = (bytes: number) => String(Math.floor(bytes / unit)).padStart(12);
  call.out('              total        used        free      shared  buff/cache   available\n');
  call.out(`Mem:   ${[MEMORY_BYTES, used, MEMORY_BYTES - used, 0, 0, MEMORY_BYTES - used].map(column).join('')}\n`);
  call.out(`Swap:  ${[0, 0, 0].map(column).join('')}\n`);
  return 0;
});

export const uptime = instant((call) => {
  const minutes = Math.floor(call.nowMs / 60_000);
  const shown = minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
  call.out(` ${formatDate(call.nowMs, '%H:%M:%S')} up ${shown},  0 users,  load average: 0.00, 0.00, 0.00\n`);
  return 0;
});

/** One picture of `top -bn1`. */
export const top = instant((call) => {
  call.out('  PID  PPID USER     STAT   VSZ %VSZ CPU %CPU COMMAND\n');
  for (const process of seenBy(call)) {
    const kib = String(Math.round((process.memoryBytes || 400 * 1024) / 1024)).padStart(5);
    const cpu = String(Math.round(process.cpuMilli / 10)).padStart(3);
    call.out(
      `${String(process.pid).padStart(5)} ${String(call.kernel.find(process.parent)?.pid ?? 0).padStart(5)} ${ownerOf(call, process)} S    ${kib}   0%   0 ${cpu}% ${process.argv.join(' ')}\n`,
    );
  }
  return 0;
});
