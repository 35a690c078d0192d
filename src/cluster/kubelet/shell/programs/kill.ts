// kill: signals by name or number to processes of the same container.
import type { Sayings } from '../complaint.ts';
import type { ShellKind } from '../process.ts';
import { instant } from '../program.ts';
import { SIGNAL_NAMES, signalNamed, signalNumber } from '../signals.ts';

export const kill = instant((call) => {
  const words = [...call.args];
  let signal = 'TERM';
  const [first = ''] = words;
  if (first === '-l') return list(call, words[1]);
  if (first === '-s' || first === '-n') {
    words.shift();
    signal = words.shift() ?? '';
  } else if (/^-./.test(first) && first !== '--') signal = (words.shift() as string).slice(1);
  if (words[0] === '--') words.shift();
  const name = signalNamed(signal);
  if (!name) {
    const isOption = first.startsWith('-') && first !== '-s' && /^[^\d]/.test(signal);
    return complain(call, {
      ash: `bad signal name '${signal}'`,
      dash: isOption ? `Illegal option -${signal.charAt(0)}` : `invalid signal number or name: ${signal}`,
      bash: `${signal}: invalid signal specification`,
    });
  }
  if (words.length === 0) return sayUsage(call);
  let status = 0;
  for (const word of words) status = send(call, word, name === 'EXIT' ? undefined : name) || status;
  return status;
});

type Call = Parameters<typeof kill.run>[0];

/** dash tells mistakes in words from those that come of the processes. */
function complain(call: Call, sayings: Sayings, statusOfDash = 2): number {
  call.complain(sayings);
  return kindOf(call) === 'dash' ? statusOfDash : 1;
}

function kindOf({ process: { body } }: Call): ShellKind {
  return body.type === 'shell' ? body.kind : 'ash';
}

const USAGE_OF_BASH = 'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n';

function sayUsage(call: Call): number {
  if (kindOf(call) !== 'bash') {
    const dash = 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\nkill -l [exitstatus]';
    return complain(call, { ash: 'you need to specify whom to kill', dash, bash: '' });
  }
  call.err(USAGE_OF_BASH);
  return 2;
}

function send(call: Call, word: string, signal: string | undefined): number {
  if (!/^-?\d+$/.test(word)) {
    const bash = `${word}: arguments must be process or job IDs`;
    return complain(call, { ash: `invalid number '${word}'`, dash: `Illegal number: ${word}`, bash });
  }
  const pid = Number(word);
  // All processes but the first, as kill(2) has it; or a group, whose leader is all that is known of it.
  const targets = pid === -1 ? everyone(call) : [call.kernel.findPid(Math.abs(pid), call.box)];
  if (targets.length === 0 || targets.includes(undefined)) {
    const bash = `(${word}) - No such process`;
    return complain(call, { ash: `can't kill pid ${word}: No such process`, dash: 'No such process\n', bash }, 1);
  }
  for (const target of targets) if (target && signal) call.kernel.signal(target, signal);
  return 0;
}

function everyone({ kernel, box, process }: Call) {
  return kernel.sandbox.processes.filter((each) => each.box === box.name && each.id !== box.main && each.id !== process.id);
}

function list(call: Call, given: string | undefined): number {
  if (given === undefined) {
    for (const name of SIGNAL_NAMES) call.out(`${String(signalNumber(name)).padStart(2)}) ${name}\n`);
    return 0;
  }
  const kind = kindOf(call);
  const number = Number(given);
  const isName = Number.isNaN(number);
  const name = signalNamed(isName ? given : String(kind === 'ash' ? number & 127 : number > 128 ? number - 128 : number));
  if (isName && name && kind !== 'dash') call.out(`${signalNumber(name)}\n`);
  else if (!isName && (name || kind === 'ash')) call.out(`${name ?? number & 127}\n`);
  else {
    const dash = isName ? `Illegal number: ${given}` : `invalid signal number or exit status: ${given}`;
    return complain(call, { ash: `unknown signal '${given}'`, dash, bash: `${given}: invalid signal specification` });
  }
  return 0;
}
