// tail: the last lines or letters; -f and -F go on as files grow. Of an endless device it wants to keep everything, until memory ends.
import type { Call, Outcome } from '../call.ts';
import { deviceAt } from '../descriptors.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { countOf, withCountOption, wrongCount } from './head.ts';

/** As busybox: how often it looks whether a file has grown. */
const FOLLOW_MS = 1000;
/** What `tail /dev/zero` takes in each moment. */
const DEVOURED_BYTES = 64 << 20;
const DEVOUR_MS = 50;

interface Progress {
  text: string;
  isRead: boolean;
  /** Of each file: how much of it was shown; -1: it was not there. */
  shown: number[];
  last: number;
}

export const tail: Program = {
  run(given) {
    const call = given.withArgs(withCountOption(given.args));
    const options = readOptions(call, 'n:c:fFqvs:', { 'lines=': 'n', 'bytes=': 'c', follow: 'f', retry: 'F' });
    if (typeof options === 'number') return options;
    const wrong = wrongCount(call, options);
    if (wrong !== undefined) return wrong;
    const files = options.operands;
    const progress = call.remember<Progress>(() => ({ text: '', isRead: false, shown: [], last: -1 }));
    const choose = (text: string) => ending(text, options.value('n'), options.value('c'));
    const opening = files.length === 0 || files[0] === '-' ? 'open' : call.openPipe(files[0] as string);
    if (typeof opening === 'object') return opening;
    if (opening === 'open') return tailInput(call, progress, choose);
    if (files.some((file) => deviceAt(file) === 'zero')) return devour(call);
    const isFollowing = options.has('f') || options.has('F');
    if (!progress.isRead) readFiles(call, files, progress, choose, isFollowing && options.has('F'));
    const hasNone = progress.shown.every((shown) => shown < 0) && !options.has('F');
    if (hasNone && (isFollowing || call.isBusybox)) return call.fail(call.isBusybox ? 'no files' : 'no files remaining');
    if (!isFollowing) return progress.shown.includes(-1) ? 1 : 0;
    follow(call, files, progress);
    return { untilMs: call.nowMs + (Number(options.value('s')) || 1) * FOLLOW_MS };
  },
};

function tailInput(call: Call, progress: Progress, choose: (text: string) => string): Outcome {
  const input = call.takeInput();
  if (input) progress.text += input.text;
  call.hold(progress.text.length);
  if (!input?.isAtEnd) return call.inputWait;
  call.out(choose(progress.text));
  return 0;
}

function readFiles(call: Call, files: readonly string[], progress: Progress, choose: (text: string) => string, isRetrying: boolean): void {
  progress.isRead = true;
  for (const [i, file] of files.entries()) {
    const text = call.read(file);
    progress.shown.push(text === undefined ? (isRetrying ? 0 : -1) : text.length);
    if (text === undefined) continue;
    announce(call, files, progress, i);
    call.out(choose(text));
  }
}

function announce(call: Call, files: readonly string[], progress: Progress, i: number): void {
  if (files.length > 1 && progress.last !== i) call.out(`${progress.last < 0 ? '' : '\n'}==> ${files[i]} <==\n`);
  progress.last = i;
}

function follow(call: Call, files: readonly string[], progress: Progress): void {
  for (const [i, file] of files.entries()) {
    const shown = progress.shown[i] ?? -1;
    if (shown < 0) continue;
    const text = call.read(file, () => {}) ?? '';
    const fresh = text.slice(text.length < shown ? 0 : shown);
    progress.shown[i] = text.length;
    if (fresh === '') continue;
    announce(call, files, progress, i);
    call.out(fresh);
  }
}

function devour(call: Call): Outcome {
  call.process.memoryBytes += DEVOURED_BYTES;
  call.process.cpuMilli = 1000;
  return { untilMs: call.nowMs + DEVOUR_MS };
}

/** The last lines, or what begins with line number n for `+n`. */
function ending(text: string, lines = '10', letters: string | undefined): string {
  if (letters !== undefined)
    return letters.startsWith('+') ? text.slice(countOf(letters) - 1) : text.slice(-countOf(letters) || text.length);
  const all = text.split('\n');
  const isEnded = all.at(-1) === '';
  if (isEnded) all.pop();
  const count = countOf(lines);
  const kept = lines.startsWith('+') ? all.slice(Math.max(0, count - 1)) : count === 0 ? [] : all.slice(-count);
  return kept.join('\n') + (kept.length > 0 && isEnded ? '\n' : '');
}
