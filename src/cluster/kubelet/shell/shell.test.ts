// What scripts print and how they end, as busybox ash does it; rows without a time take none.
import { describe, expect, it } from 'vitest';
import { run } from './testRun.ts';

type Row = readonly [script: string, stdout: string, stderr?: string, exitCode?: number, atMs?: number];

const ROWS: readonly Row[] = [
  ['echo Hello Kubernetes! && sleep 3600', 'Hello Kubernetes!\n', '', 0, 3_600_000],
  ['nosuch', '', 'sh: line 0: nosuch: not found\n', 127],
  ['/etc/passwd', '', 'sh: line 0: /etc/passwd: Permission denied\n', 126],
  ['echo $((1+2)) `echo a` $(echo b; exit 3); echo $?', '3 a b\n0\n'],
  ['trap "echo t; exit 0" TERM; kill $$; sleep 1; echo no', 't\n'],
  ['for i in 1 2 3; do echo $i; done', '1\n2\n3\n'],
  ['echo a | while read l; do echo "<$l>"; done', '<a>\n'],
  ['f() { local x=1; echo $x $1; return 4; }; f q; echo $?', '1 q\n4\n'],
  ['while true; do :; done & sleep 2; kill $!; wait $!; echo $?', '143\n', 'Terminated\n', 0, 2000],
  ['i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done', '1\n2\n3\n'],
  ['case abc in a*) echo 1;; *) echo 2;; esac', '1\n'],
  ['set -e; false; echo no', '', '', 1],
  ['x=5; (x=6; echo $x); echo $x; { echo g; } > /tmp/f; read a < /tmp/f; echo got $a', '6\n5\ngot g\n'],
];

describe('a script', () => {
  it.each(ROWS.map((row) => ({ script: row[0], row })))('$script', ({ row: [script, stdout, stderr = '', exitCode = 0, atMs = 0] }) => {
    const ended = run(script);
    expect({ stdout: ended.stdout, stderr: ended.stderr, exitCode: ended.exitCode, atMs: ended.atMs }).toEqual({
      stdout,
      stderr,
      exitCode,
      atMs,
    });
  });
});
