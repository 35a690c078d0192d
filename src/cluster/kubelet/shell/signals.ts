// The signals of Linux by name and number, as far as shells and containers use them.

const NUMBERS: Readonly<Record<string, number>> = {
  HUP: 1,
  INT: 2,
  QUIT: 3,
  ILL: 4,
  TRAP: 5,
  ABRT: 6,
  BUS: 7,
  FPE: 8,
  KILL: 9,
  USR1: 10,
  SEGV: 11,
  USR2: 12,
  PIPE: 13,
  ALRM: 14,
  TERM: 15,
  STKFLT: 16,
  CHLD: 17,
  CONT: 18,
  STOP: 19,
  TSTP: 20,
  TTIN: 21,
  TTOU: 22,
  URG: 23,
  XCPU: 24,
  XFSZ: 25,
  VTALRM: 26,
  PROF: 27,
  WINCH: 28,
  POLL: 29,
  PWR: 30,
  SYS: 31,
};

/** What a shell prints for a command that a signal ended; those that are not here go unmentioned. */
export const SIGNAL_WORDS: Readonly<Record<string, string>> = {
  HUP: 'Hangup',
  QUIT: 'Quit',
  ABRT: 'Aborted',
  KILL: 'Killed',
  SEGV: 'Segmentation fault',
  USR1: 'User defined signal 1',
  USR2: 'User defined signal 2',
  ALRM: 'Alarm clock',
  TERM: 'Terminated',
};

export const SIGNAL_NAMES: readonly string[] = Object.keys(NUMBERS);

export function signalNumber(name: string): number {
  return NUMBERS[name] ?? 0;
}

/** The name of `TERM`, `SIGTERM`, `term` or `15`; of 0 it is `EXIT`. */
export function signalNamed(text: string): string | undefined {
  if (text === '0' || text.toUpperCase() === 'EXIT') return 'EXIT';
  if (/^\d+$/.test(text)) return SIGNAL_NAMES.find((name) => NUMBERS[name] === Number(text));
  const name = text.toUpperCase().replace(/^SIG/, '');
  return name in NUMBERS ? name : undefined;
}

/** STOP, TSTP and CONT are not here: they do something. */
export function isIgnoredByDefault(signal: string): boolean {
  return ['CHLD', 'CONT', 'URG', 'WINCH', 'STOP', 'TTIN', 'TTOU'].includes(signal);
}
