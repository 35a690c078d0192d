// What the kernel lets the processes of a container do, as /proc tells it. Models the default set of container runtimes.
import type { Capabilities } from './shell/process.ts';

/** In the kernel's order: their numbers. */
const NAMES = `CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID KILL SETGID SETUID SETPCAP LINUX_IMMUTABLE NET_BIND_SERVICE NET_BROADCAST
NET_ADMIN NET_RAW IPC_LOCK IPC_OWNER SYS_MODULE SYS_RAWIO SYS_CHROOT SYS_PTRACE SYS_PACCT SYS_ADMIN SYS_BOOT SYS_NICE SYS_RESOURCE
SYS_TIME SYS_TTY_CONFIG MKNOD LEASE AUDIT_WRITE AUDIT_CONTROL SETFCAP MAC_OVERRIDE MAC_ADMIN SYSLOG WAKE_ALARM BLOCK_SUSPEND AUDIT_READ
PERFMON BPF CHECKPOINT_RESTORE`.split(/\s+/);
const DEFAULT = `CHOWN DAC_OVERRIDE FOWNER FSETID KILL SETGID SETUID SETPCAP NET_BIND_SERVICE NET_RAW SYS_CHROOT MKNOD AUDIT_WRITE
SETFCAP`.split(/\s+/);

export interface CapabilityChanges {
  readonly add?: readonly string[];
  readonly drop?: readonly string[];
}

export function capabilitiesOf({ add = [], drop = [] }: CapabilityChanges = {}, isPrivileged = false, isRoot = true): Capabilities {
  const plain = (names: readonly string[]) => names.map((name) => name.replace(/^CAP_/, ''));
  const begin = isPrivileged ? NAMES : DEFAULT;
  const kept = plain(drop).includes('ALL') ? [] : begin.filter((name) => !plain(drop).includes(name));
  const bounding = NAMES.filter((name) => kept.includes(name) || plain(add).includes(name) || plain(add).includes('ALL'));
  return { bounding: maskOf(bounding), held: maskOf(isRoot ? bounding : []) };
}

function maskOf(names: readonly string[]): string {
  return names
    .reduce((mask, name) => mask + 2 ** NAMES.indexOf(name), 0)
    .toString(16)
    .padStart(16, '0');
}
