// Files that are made when they are read: what of /proc and /sys people look at in containers.
import type { Kernel } from './kernel.ts';
import type { Process } from './process.ts';

const CFS_PERIOD_US = 100_000;

/** The text of a generated file; undefined: it is none. */
export function procFile(kernel: Kernel, process: Process, path: string): string | undefined {
  if (!path.startsWith('/proc/') && !path.startsWith('/sys/fs/cgroup/')) return undefined;
  const box = kernel.boxOf(process);
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
    case '/proc/sys/kernel/hostname':
      return `${kernel.sandbox.hostname}\n`;
  }
  const [, pid, file] = /^\/proc\/(self|\d+)\/(\w+)$/.exec(path) ?? [];
  const owner = pid === undefined ? undefined : pid === 'self' ? process : kernel.findPid(Number(pid), box);
  return owner && fileOf(owner, file as string, box.oomScoreAdjustment ?? 0);
}

function fileOf(process: Process, file: string, oomScoreAdjustment: number): string | undefined {
  const [name = ''] = process.argv;
  switch (file) {
    case 'cmdline':
      return process.argv.map((word) => `${word}\0`).join('');
    case 'comm':
      return `${name.slice(name.lastIndexOf('/') + 1)}\n`;
    case 'oom_score_adj':
      return `${oomScoreAdjustment}\n`;
    case 'environ':
      return Object.entries(process.environment)
        .map(([key, value]) => `${key}=${value}\0`)
        .join('');
    case 'status':
      return `Name:\t${name.slice(name.lastIndexOf('/') + 1)}\nState:\tS (sleeping)\nPid:\t${process.pid}\nVmRSS:\t${String(Math.round(process.memoryBytes / 1024)).padStart(8)} kB\n`;
  }
  return undefined;
}
