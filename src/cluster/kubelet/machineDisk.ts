// What a machine has on its disk before pods write there: the folders of a Linux system, and what says which one it is. Limitation: none of
// its programs, so nobody can `chroot` there.
import { OS_IMAGE } from './nodeObject.ts';
import { type Disk, fileEntry, folderEntry } from './shell/disk.ts';

const FOLDERS =
  `bin boot dev etc etc/kubernetes etc/kubernetes/manifests home lib lib64 mnt opt proc root run sbin srv sys tmp usr var var/lib
var/lib/kubelet var/lib/kubelet/pods var/log var/log/containers var/log/pods`.split(/\s+/);
const OPEN_MODE = 0o1777;

export function newMachineDisk(name: string): Disk {
  const disk: Disk = new Map([['', folderEntry(0)]]);
  for (const folder of FOLDERS) disk.set(`/${folder}`, folderEntry(0, folder === 'tmp' ? OPEN_MODE : undefined));
  disk.set('/etc/hostname', fileEntry(`${name}\n`, 0));
  disk.set('/etc/os-release', fileEntry(`PRETTY_NAME="${OS_IMAGE}"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n`, 0));
  return disk;
}
