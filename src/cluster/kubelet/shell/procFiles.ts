// Files that are made when they are read: what of /proc and /sys people look at in containers.
import type { Kernel } from './kernel.ts';
import { groupsOf } from './owners.ts';
import type { Box, Process } from './process.ts';

const CFS_PERIOD_US = 100_000;
const MEMORY_KIB = 24 * 2 ** 20;

/** The text of a generated file; undefined: it is none. */
export function procFile(kernel: Kernel, process: Process, path: string): string | undefined {
  const box = kernel.boxOf(process);
  const [, pid, file = ''] = /^\/proc\/(self|\d+)\/(.+)$/.exec(path) ?? [];
  if (pid === undefined) return fileOfSystem(kernel, box, path);
  const owner = pid === 'self' ? process : kernel.findPid(Number(pid), box);
  if (!owner) return undefined;
  if (file.startsWith('root/')) return kernel.filesOf(owner).read(file.slice('root'.length));
  return fileOfProcess(owner, kernel.boxOf(owner), file);
}

/** The folder of a process, which is there as long as that runs. */
export function isProcessFolder(kernel: Kernel, process: Process, path: string): boolean {
  const [, pid] = /^\/proc\/(self|\d+)$/.exec(path) ?? [];
  return pid === 'self' || (pid !== undefined && kernel.findPid(Number(pid), kernel.boxOf(process)) !== undefined);
}

/** Where a link leads that nobody made; undefined: it is none. */
export function procLink(kernel: Kernel, process: Process, path: string): string | undefined {
  if (!/^\/proc\/(self|\d+)\/ns\/user$/.test(path)) return undefined;
  return `user:[${kernel.boxOf(process).isUserNamespaced ? 4026532598 : 4026531837}]`;
}

function fileOfSystem(kernel: Kernel, box: Box, path: string): string | undefined {
  const { memoryLimitBytes: memory, cpuLimitMilli: cpu } = box;
  switch (path) {
    case '/sys/fs/cgroup/memory.max':
      return `${memory ?? 'max'}\n`;
    case '/sys/fs/cgroup/memory/memory.limit_in_bytes':
      return `${memory ?? 9223372036854771712n}\n`;
    case '/sys/fs/cgroup/cpu.max':
      return `${cpu === undefined ? 'max' : cpu * 100} ${CFS_PERIOD_US}\n`;
    case '/sys/fs/cgroup/cpu/cpu.cfs_quota_us':
      return `${cpu === undefined ? -1 : cpu * 100}\n`;
    case '/sys/fs/cgroup/cpu/cpu.cfs_period_us':
      return `${CFS_PERIOD_US}\n`;
    case '/proc/uptime':
      return `${(kernel.nowMs / 1000).toFixed(2)} ${(kernel.nowMs / 1000).toFixed(2)}\n`;
    case '/proc/loadavg':
      return '0.00 0.00 0.00 1/64 1\n';
    case '/proc/meminfo':
      return `MemTotal:       ${MEMORY_KIB} kB\nMemFree:        ${MEMORY_KIB / 2} kB\nMemAvailable:   ${MEMORY_KIB / 2} kB\n`;
    case '/proc/mounts':
      return mountLines(box);
    case '/proc/sys/kernel/hostname':
      return `${kernel.sandbox.hostname}\n`;
  }
  return undefined;
}

function mountLines({ mounts, isRootReadOnly }: Box): string {
  const lines = [
    `overlay / overlay ${isRootReadOnly ? 'ro' : 'rw'},relatime 0 0`,
    'proc /proc proc rw,nosuid,nodev,noexec,relatime 0 0',
    'tmpfs /dev tmpfs rw,nosuid,size=65536k,mode=755 0 0',
    'sysfs /sys sysfs ro,nosuid,nodev,noexec,relatime 0 0',
    ...mounts.map(({ path, isReadOnly }) => `/dev/sda1 ${path} ext4 ${isReadOnly ? 'ro' : 'rw'},relatime 0 0`),
  ];
  return `${lines.join('\n')}\n`;
}

function fileOfProcess(process: Process, box: Box, file: string): string | undefined {
  const [name = ''] = process.argv;
  switch (file) {
    case 'cmdline':
      return process.argv.map((word) => `${word}\0`).join('');
    case 'comm':
      return `${name.slice(name.lastIndexOf('/') + 1)}\n`;
    case 'oom_score_adj':
      return `${box.oomScoreAdjustment ?? 0}\n`;
    case 'environ':
      return Object.entries(process.environment)
        .map(([key, value]) => `${key}=${value}\0`)
        .join('');
    case 'mounts':
      return mountLines(box);
    case 'uid_map':
    case 'gid_map':
      return box.isUserNamespaced ? '         0 1083637760      65536\n' : '         0          0 4294967295\n';
    case 'status':
      return statusOf(process, box);
  }
  return undefined;
}

function statusOf({ argv: [name = ''], pid, memoryBytes, user }: Process, box: Box): string {
  const four = (number: number) => Array.from({ length: 4 }, () => number).join('\t');
  const { held, bounding } = box.capabilities;
  return Object.entries({
    Name: name.slice(name.lastIndexOf('/') + 1),
    State: 'S (sleeping)',
    Pid: pid,
    Uid: four(user ?? box.user ?? 0),
    Gid: four(box.group ?? 0),
    Groups: groupsOf(box).join(' '),
    VmRSS: `${String(Math.round(memoryBytes / 1024)).padStart(8)} kB`,
    CapInh: '0'.repeat(held.length),
    CapPrm: held,
    CapEff: held,
    CapBnd: bounding,
    CapAmb: '0'.repeat(held.length),
    NoNewPrivs: box.mayGainNothing ? 1 : 0,
  })
    .map(([key, value]) => `${key}:\t${value}\n`)
    .join('');
}
