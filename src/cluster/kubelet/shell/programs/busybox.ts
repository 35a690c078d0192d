// busybox: its first argument is the applet that it becomes.
import type { Outcome } from '../call.ts';
import { findExecutable } from '../execute.ts';
import type { Program } from '../program.ts';
import { becomeOther } from '../spawn.ts';

export const busybox: Program = {
  run(call): Outcome {
    const [applet] = call.args;
    if (applet === undefined || applet.startsWith('-')) {
      call.out('BusyBox v1.36.1 multi-call binary.\n\nUsage: busybox [function [arguments]...]\n');
      return 0;
    }
    if (typeof findExecutable(call.kernel, call.process, applet) !== 'string') return becomeOther(call, call.args);
    call.err(`${applet}: applet not found\n`);
    return 127;
  },
};
