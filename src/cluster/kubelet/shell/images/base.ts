// The files that images are built on.
import { type Disk, fileEntry, folderEntry, linkEntry } from '../disk.ts';
import { type Base, executable } from './image.ts';

/** What busybox is besides itself. */
const BUSYBOX = `[ [[ ash awk base64 basename cat chgrp chmod chown cksum clear cmp comm cp cut date dd df diff dirname du echo
env expr false find fold free grep egrep fgrep groups gunzip gzip head hexdump hostname httpd id install kill killall link ln ls md5sum mkdir mkfifo mktemp more mount mv nc
netstat nice nl nohup nproc nslookup od paste pgrep pidof ping pkill printenv printf ps pwd readlink realpath rev rm rmdir sed seq setsid sh
sha1sum sha256sum sha512sum shuf sleep sort stat strings stty sync tac tail tar tee telnet test time timeout top touch tr true truncate
tty uname uniq unlink uptime usleep vi watch wc wget which whoami xargs xxd yes zcat`.split(/\s+/);

/** The GNU tools of Debian and Ubuntu: what their images really have, so no curl, no ps and no ping. */
const GNU = `[ awk base64 basename bash cat chgrp chmod chown cksum clear cmp comm cp cut date dd df diff dirname du echo egrep env expr
false fgrep find fold free grep groups gunzip gzip head hostname id install ln ls md5sum mkdir mkfifo mktemp more mount mv nice nl nohup nproc od paste printenv printf
pwd readlink realpath rev rm rmdir sed seq setsid sh sha1sum sha256sum sha512sum shuf sleep sort stat stty sync tac tail tar tee test timeout
touch tr true truncate tty uname uniq unlink uptime wc which whoami xargs yes zcat apt-get apt perl kill`.split(/\s+/);

const PASSWD = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`;
const GROUP = 'root:x:0:\ndaemon:x:1:\nbin:x:2:\nwww-data:x:33:\nnogroup:x:65534:\n';

const EXECUTABLE_MODE = 0o755;

interface BaseSpec {
  readonly folders: readonly string[];
  readonly programFolder: string;
  readonly programs: readonly string[];
  readonly files: Readonly<Record<string, string>>;
  readonly links: Readonly<Record<string, string>>;
}

const SYSTEM_FOLDERS = ['/dev', '/etc', '/proc', '/sys', '/tmp'];
const DEBIAN_FOLDERS = ['/home', '/media', '/mnt', '/opt', '/root', '/run', '/srv', '/usr', '/usr/bin', '/usr/lib', '/usr/local'];

function debianSpec(name: string, id: string, version: string): BaseSpec {
  return {
    folders: [
      ...SYSTEM_FOLDERS,
      ...DEBIAN_FOLDERS,
      '/boot',
      '/usr/local/bin',
      '/usr/sbin',
      '/usr/share',
      '/var',
      '/var/lib',
      '/var/log',
      '/var/tmp',
    ],
    programFolder: '/usr/bin',
    programs: GNU,
    files: {
      '/etc/os-release': `PRETTY_NAME="${name}"\nNAME="${name.split(' ')[0]}"\nVERSION_ID="${version}"\nID=${id}\n`,
      ...(id === 'debian' && { '/etc/debian_version': `${version}.0\n` }),
    },
    links: { '/bin': 'usr/bin', '/sbin': 'usr/sbin', '/lib': 'usr/lib' },
  };
}

const ubuntu = debianSpec('Ubuntu 24.04.3 LTS', 'ubuntu', '24.04');

const BASES: Readonly<Record<Base, BaseSpec>> = {
  none: { folders: [], programFolder: '/', programs: [], files: {}, links: {} },
  scratch: { folders: SYSTEM_FOLDERS, programFolder: '/bin', programs: [], files: {}, links: {} },
  busybox: {
    folders: [...SYSTEM_FOLDERS, '/bin', '/home', '/root', '/sbin', '/usr', '/usr/bin', '/usr/sbin', '/var', '/var/spool', '/var/www'],
    programFolder: '/bin',
    programs: ['busybox', ...BUSYBOX],
    files: {},
    links: { '/usr/bin/env': '../../bin/env' },
  },
  alpine: {
    folders: [...SYSTEM_FOLDERS, '/bin', '/sbin', '/var', '/var/lib', '/var/log', '/usr/sbin', '/usr/share', ...DEBIAN_FOLDERS],
    programFolder: '/bin',
    programs: ['busybox', 'apk', ...BUSYBOX.filter((name) => name !== 'httpd')],
    files: {
      '/etc/alpine-release': '3.22.1\n',
      '/etc/os-release': 'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.1\nPRETTY_NAME="Alpine Linux v3.22"\n',
    },
    links: { '/usr/bin/env': '../../bin/env' },
  },
  debian: debianSpec('Debian GNU/Linux 13 (trixie)', 'debian', '13'),
  ubuntu: { ...ubuntu, programs: [...GNU, 'ps'] },
};

/** Some tools go by several names, and some shells are another here than there. */
const ALIASES: Readonly<Record<string, string>> = {
  '[[': 'test',
  '[': 'test',
  gawk: 'awk',
  mawk: 'awk',
  egrep: 'grep',
  gunzip: 'gzip',
  zcat: 'gzip',
  fgrep: 'grep',
  pkill: 'killall',
  apt: 'apt-get',
  sha1sum: 'checksum',
  md5sum: 'checksum',
  sha256sum: 'checksum',
  sha512sum: 'checksum',
};

export function programNamed(name: string, base: Base): string {
  if (name === 'sh' && (base === 'debian' || base === 'ubuntu')) return 'dash';
  return ALIASES[name] ?? name;
}

/** The files of a base, made at the beginning of time. */
export function baseFiles(base: Base): Disk {
  const { folders, programFolder, programs, files, links } = BASES[base];
  const disk: Disk = new Map([['', folderEntry(0)]]);
  if (base === 'none') return disk;
  for (const folder of folders) disk.set(folder, folderEntry(0, folder.endsWith('/tmp') ? 0o1777 : undefined));
  for (const name of programs) disk.set(`${programFolder}/${name}`, executableEntry(programNamed(name, base)));
  disk.set('/etc/passwd', fileEntry(PASSWD, 0));
  disk.set('/etc/group', fileEntry(GROUP, 0));
  for (const [path, text] of Object.entries(files)) disk.set(path, fileEntry(text, 0));
  for (const [path, target] of Object.entries(links)) disk.set(path, linkEntry(target, 0));
  return disk;
}

/** How large a program is matters to `ls -l` only. */
const PROGRAM_BYTES = 1_000_000;

export function executableEntry(program: string) {
  return { ...fileEntry(executable(program), 0, EXECUTABLE_MODE), bytes: PROGRAM_BYTES };
}
