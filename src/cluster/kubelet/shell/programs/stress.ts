// What stress images do: polinux/stress (`stress --vm 1 --vm-bytes 150M --cpu 2`) and vish/stress (`-cpus 2 -mem-total 150Mi`).
import type { Call, Outcome } from '../call.ts';
import { formatDate } from '../dates.ts';
import { goFlag } from '../goProgram.ts';
import { parseBytes } from '../numbers.ts';
import { readOptions } from '../options.ts';
import type { Program } from '../program.ts';
import { secondsOf } from './sleep.ts';

/** How long it takes until the memory is taken. */
const FILL_MS = 500;
const VM_BYTES_DEFAULT = 256 << 20;

interface Progress {
  untilMs: number | null;
  isFilled: boolean;
}

export const stress: Program = {
  run(call): Outcome {
    const options = readOptions(call, 'c:m:t:i:d:vq', {
      'cpu=': 'c',
      'vm=': 'm',
      'vm-bytes=': 'bytes',
      'vm-hang=': 'hang',
      'timeout=': 't',
      'io=': 'i',
      'hdd=': 'd',
      'vm-keep': 'keep',
      'vm-stride=': 'stride',
      verbose: 'v',
    });
    if (typeof options === 'number') return options;
    const [cpus, workers] = [Number(options.value('c') ?? 0), Number(options.value('m') ?? 0)];
    const bytes = workers * (parseBytes(options.value('bytes') ?? '') ?? VM_BYTES_DEFAULT);
    const progress = call.remember<Progress>(() => {
      call.out(
        `stress: info: [${call.process.pid}] dispatching hogs: ${cpus} cpu, ${options.value('i') ?? 0} io, ${workers} vm, ${options.value('d') ?? 0} hdd\n`,
      );
      const seconds = secondsOf(options.value('t') ?? '');
      return { untilMs: seconds === undefined ? null : call.nowMs + seconds * 1000, isFilled: false };
    });
    // Workers that hang after they have filled their memory take no processor.
    call.process.cpuMilli = 1000 * (cpus + (options.has('hang') && progress.isFilled ? 0 : workers));
    if (!progress.isFilled && call.nowMs < call.process.startedMs + FILL_MS) return { untilMs: call.process.startedMs + FILL_MS };
    progress.isFilled = true;
    call.process.memoryBytes = bytes;
    call.process.cpuMilli = 1000 * (cpus + (options.has('hang') ? 0 : workers));
    if (progress.untilMs === null) return {};
    if (progress.untilMs > call.nowMs) return { untilMs: progress.untilMs };
    call.out(
      `stress: info: [${call.process.pid}] successful run completed in ${Math.round((call.nowMs - call.process.startedMs) / 1000)}s\n`,
    );
    return 0;
  },
};

function glog(call: Call, text: string): void {
  call.err(`I${formatDate(call.nowMs, '%m%d %H:%M:%S.000000')}       ${call.process.pid} main.go:26] ${text}\n`);
}

/** A duration as Go writes it: `1s`, `100ms`. */
function milliseconds(text: string): number {
  return text.endsWith('ms') ? Number.parseFloat(text) : (secondsOf(text) ?? 0) * 1000;
}

/** Allocates piece by piece with a sleep between them. */
export const vishStress: Program = {
  run(call): Outcome {
    const total = parseBytes(goFlag(call, 'mem-total') ?? '0') ?? 0;
    const piece = parseBytes(goFlag(call, 'mem-alloc-size') ?? '4Ki') ?? 4096;
    const sleepMs = Math.max(1, milliseconds(goFlag(call, 'mem-alloc-sleep') ?? '1ms'));
    const cpus = Number(goFlag(call, 'cpus') ?? 0);
    call.remember(() => {
      glog(
        call,
        `Allocating "${goFlag(call, 'mem-total') ?? 0}" memory, in "${goFlag(call, 'mem-alloc-size') ?? '4Ki'}" chunks, with a ${goFlag(call, 'mem-alloc-sleep') ?? '1ms'} sleep between allocations`,
      );
      for (let i = 0; i < cpus; i++) glog(call, 'Spawning a thread to consume CPU');
      call.process.cpuMilli = cpus * 1000;
      return { isBegun: true };
    });
    // Small pieces are taken several at once, so that a step is not shorter than a moment worth looking at.
    const stepMs = Math.max(sleepMs, 100);
    const taken = Math.floor((call.nowMs - call.process.startedMs) / sleepMs) * piece;
    call.process.memoryBytes = Math.min(total, taken);
    return taken < total ? { untilMs: call.nowMs + stepMs } : {};
  },
};
