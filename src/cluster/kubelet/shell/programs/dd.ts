// dd: blocks from a file or device to a file. What comes from /dev/zero is kept as its size alone.
import type { Call, Outcome } from '../call.ts';
import { deviceAt, isEndless } from '../descriptors.ts';
import { byteLength, type FileEntry, fileEntry, sizeOf } from '../disk.ts';
import { FileError } from '../files.ts';
import { parseBytes } from '../numbers.ts';
import type { Program } from '../program.ts';
import { readAll } from '../readAll.ts';

/** Without a count an endless device fills the disk. */
const ENDLESS_BYTES = 2 ** 40;
/** What of an endless device is written into a pipe. */
const SHOWN_MAX = 1 << 20;

export const dd: Program = {
  run(call): Outcome {
    const given = new Map(call.args.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)]));
    const [input, output, counted] = [given.get('if'), given.get('of'), given.get('count')];
    const size = given.get('bs') ?? given.get('ibs') ?? '512';
    const block = parseBytes(size);
    const count = counted === undefined ? undefined : parseBytes(counted);
    if (!block || (counted !== undefined && count === undefined)) return call.fail(`invalid number '${block ? counted : size}'`);
    const isEndlessInput = input !== undefined && isEndless(deviceAt(call.path(input)));
    if (isEndlessInput && count === undefined && output !== undefined && deviceAt(call.path(output)) === 'null') return call.burn();
    const bytesMax = block * (count ?? ENDLESS_BYTES / block);
    if (input === undefined) {
      const text = readAll(call, []);
      if (typeof text !== 'string') return text;
      const taken = text.slice(0, bytesMax);
      return write(call, { text: taken, bytes: byteLength(taken) }, output, block);
    }
    const source = sourceOf(call, input, bytesMax, output === undefined);
    return source ? write(call, source, output, block) : 1;
  },
};

interface Source {
  readonly text: string;
  readonly bytes: number;
}

/** A device's letters are made only where they are shown. */
function sourceOf(call: Call, path: string, bytesMax: number, isShown: boolean): Source | undefined {
  const device = deviceAt(call.path(path));
  if (device === 'zero' || device === 'random') return { text: isShown ? endless(call, path, bytesMax) : '', bytes: bytesMax };
  const text = call.read(path, (reason) => call.fail(`can't open '${path}': ${reason}`));
  if (text === undefined) return undefined;
  const entry = call.files.stat(call.path(path));
  const bytes = Math.min(bytesMax, entry ? sizeOf(entry) : byteLength(text));
  return { text: text.slice(0, bytes), bytes };
}

function endless(call: Call, path: string, bytesMax: number): string {
  const length = Math.min(bytesMax, SHOWN_MAX);
  let text = '';
  while (text.length < length) text += call.read(path) ?? ' ';
  return text.slice(0, length);
}

function write(call: Call, source: Source, path: string | undefined, block: number): number {
  const whole = (bytes: number) => `${Math.floor(bytes / block)}+${bytes % block === 0 ? 0 : 1}`;
  const report = (read: number, written: number) => call.err(`${whole(read)} records in\n${whole(written)} records out\n`);
  if (path === undefined || deviceAt(call.path(path)) === 'null') {
    if (path === undefined) call.out(source.text);
    report(source.bytes, source.bytes);
    return 0;
  }
  const room = roomFor(call, call.path(path));
  const isFitting = source.bytes <= room;
  const written = isFitting ? source.bytes : Math.floor(room / block) * block;
  try {
    call.files.put(call.path(path), (entry) => entryOf(call, entry, source.text.slice(0, written), written));
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    return call.fail(`can't open '${path}': ${error.message}`);
  }
  if (isFitting) {
    report(source.bytes, written);
    return 0;
  }
  call.fail(`error writing '${path}': No space left on device`);
  report(written + block, written);
  return 1;
}

function entryOf(call: Call, before: FileEntry | undefined, text: string, bytes: number): FileEntry {
  const entry = fileEntry(text, call.nowMs, before?.mode);
  return byteLength(text) === bytes ? entry : { ...entry, bytes };
}

/** What the file may take: volumes in memory have a size. */
function roomFor(call: Call, path: string): number {
  const { sandbox } = call.kernel;
  const mount = call.files.mountOf(path);
  const limit = mount && sandbox.memoryVolumes[mount.disk]?.bytesMax;
  if (!mount || limit === undefined) return ENDLESS_BYTES - 1;
  let used = 0;
  const own = mount.folder + path.slice(mount.path.length);
  for (const [each, entry] of sandbox.volumes[mount.disk] ?? []) if (each !== own && entry.type === 'file') used += sizeOf(entry);
  return limit - used;
}
