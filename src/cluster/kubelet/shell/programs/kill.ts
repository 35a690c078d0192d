// kill: signals by name or number to processes of the same container.
import { instant } from '../program.ts';
import { SIGNAL_NAMES, signalNamed, signalNumber } from '../signals.ts';

export const kill = instant((call) => {
  const words = [...call.args];
  let signal = 'TERM';
  const [first = ''] = words;
  if (first === '-l') return list(call.out.bind(call), words[1]);
  if (first === '-s' || first === '-n') {
    words.shift();
    signal = words.shift() ?? '';
  } else if (/^-./.test(first) && first !== '--') signal = (words.shift() as string).slice(1);
  if (words[0] === '--') words.shift();
  const name = signalNamed(signal);
  if (!name) return complain(call, `bad signal name '${signal}'`);
  if (words.length === 0) return complain(call, 'you need to specify whom to kill');
  let status = 0;
  for (const word of words) status = send(call, word, name === 'EXIT' ? undefined : name) || status;
  return status;
});

type Call = Parameters<typeof kill.run>[0];

function complain(call: Call, text: string): number {
  call.err(`sh: ${text}\n`);
  return 1;
}

function send(call: Call, word: string, signal: string | undefined): number {
  if (!/^-?\d+$/.test(word)) return complain(call, `invalid number '${word}'`);
  const pid = Number(word);
  // All processes but the first, as kill(2) has it; or a group, whose leader is all that is known of it.
  const targets = pid === -1 ? everyone(call) : [call.kernel.findPid(Math.abs(pid), call.box)];
  if (targets.length === 0 || targets.includes(undefined)) return complain(call, `can't kill pid ${word}: No such process`);
  for (const target of targets) if (target && signal) call.kernel.signal(target, signal);
  return 0;
}

function everyone({ kernel, box, process }: Call) {
  return kernel.sandbox.processes.filter((each) => each.box === box.name && each.id !== box.main && each.id !== process.id);
}

function list(out: (text: string) => void, given: string | undefined): number {
  if (given !== undefined) {
    const number = Number(given);
    out(
      `${Number.isNaN(number) ? signalNumber(signalNamed(given) ?? '') : (signalNamed(String(number > 128 ? number - 128 : number)) ?? given)}\n`,
    );
  } else for (const name of SIGNAL_NAMES) out(`${String(signalNumber(name)).padStart(2)}) ${name}\n`);
  return 0;
}
