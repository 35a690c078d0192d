// What the tools print and how they end. The rows were taken from busybox 1.35.
import { describe, expect, it } from 'vitest';
import { type Row, rowOf, wholeRow } from '../testRun.ts';

const ROWS: readonly Row[] = [
  ["date -u -d '2026-03-05 10:11:12' '+%U %W %V %G %j'; date -u -d '2027-01-01 00:00:00' '+%U %V %G'", '09 09 10 2026 064\n00 53 2026\n'],
  ['mount | head -n 1; mount -t tmpfs /a /b', 'overlay on / type overlay (rw,relatime)\n', 'mount: permission denied (are you root?)\n', 1],
  ['busybox echo hi; echo a | busybox cat; busybox nosuch; echo $?', 'hi\na\n127\n', 'nosuch: applet not found\n'],
  ['rm -f; rm; echo $?', '1\n', 'BusyBox v1.36.1 multi-call binary.\n\nUsage: rm [-irf] FILE...\n'],
  [
    'dd if=/dev/zero bs=1024 count=3 2>/dev/null | wc -c; head -c 16 /dev/urandom | wc -c; (sleep 1; echo late) | dd of=/tmp/f 2>/dev/null; cat /tmp/f',
    '3072\n16\nlate\n',
    '',
    0,
    1000,
  ],
  [
    'awk \'BEGIN { system("echo sys"); print "x"; r = system("exit 3"); print r; while (("echo a; echo b" | getline l) > 0) print "got " l; print (getline z < "/nope"); c = "cat 1>&2"; print "err" | c; close(c) }\'',
    'sys\nx\n3\ngot a\ngot b\n-1\n',
    'err\n',
  ],
  [
    'printf \'x 3\\ny 1\\n\' | awk \'{print $2, $1 | "sort -n"} END{close("sort -n"); print "done"}\'; printf \'1 2\\n3 4\\n\' | awk \'{ c = "echo $((" $1 "+" $2 "))"; c | getline s; close(c); print s }\'; awk \'BEGIN { print 1 > "/tmp/o"; print 2 > "/tmp/o"; close("/tmp/o"); while ((getline l < "/tmp/o") > 0) print "f", l }\'',
    '1 y\n3 x\ndone\n3\n7\nf 1\nf 2\n',
  ],
  [
    'awk \'function f(a,  b) { b = a * 2; seen["x"] = b; return b } BEGIN { print f(3), b, seen["x"]; do i++; while (i < 3); print i }\'; printf \'a\\nb\\nc\\nd\\n\' | awk \'/b/,/c/ {print NR ": " $0} END{print "end " $0}\'; printf \'p\\nq\\n\\nr\\n\' | awk \'BEGIN{RS=""} {print NR, $1, NF}\'; awk \'BEGIN{printf "%c%c|%5.1f|%05d|%e\\n", 65, "hello", 3.14159, 42, 12345.678; exit 2} END{print "last"}\'; echo $?',
    '6  6\n3\n2: b\n3: c\nend d\n1 p 2\n2 r 1\nAh|  3.1|00042|1.234568e+04\nlast\n2\n',
  ],
  [
    'mkfifo /tmp/p; (sleep 1; echo hello > /tmp/p) & cat /tmp/p; test -p /tmp/p && ls -l /tmp/p | cut -c1; while read l; do echo "got $l"; done < /tmp/p & for i in a b; do echo $i; done > /tmp/p; wait',
    'hello\np\ngot a\ngot b\n',
    '',
    0,
    1000,
  ],
  ["printf '1\\n2\\n3\\n' | sed '1!G;h;$!d'; printf 'a\\nb\\n' | sed -n 'H;${x;s/\\n/,/g;p}'", '3\n2\n1\n,a,b\n'],
  [
    'expr abc \\< abd; expr substr hello 2 3; expr index hello l; expr x : y; echo $?; expr 5 + a; echo $?',
    '1\nell\n3\n0\n1\n2\n',
    'expr: non-numeric argument\n',
  ],
  [
    'seq 5 | head -n 2; seq 5 | tail -n 2; seq 5 | head -2; seq 3 1; seq 1 2 7; seq -w 8 11; seq -s, 3',
    '1\n2\n4\n5\n1\n2\n1\n3\n5\n7\n08\n09\n10\n11\n1,2,3\n',
  ],
  [
    "printf 'b\\na\\nc\\na\\n' | sort; printf '10\\n9\\n2\\n' | sort -n; printf 'a\\na\\nb\\n' | uniq -c; printf 'x 3\\ny 1\\n' | sort -k2n; printf 'a\\nb\\n' | sort -r",
    'a\na\nb\nc\n2\n9\n10\n      2 a\n      1 b\ny 1\nx 3\nb\na\n',
  ],
  ["echo 'a:b:c' | cut -d: -f2; echo abcdef | cut -c2-4; echo 'a:b:c' | cut -d: -f1,3; echo 'a b' | cut -d' ' -f2-", 'b\nbcd\na:c\nb\n'],
  [
    "echo hello | tr a-z A-Z; echo hello | tr -d l; echo 'a  b' | tr -s ' '; echo abc | tr -c 'a\\n' x; echo 'a,b' | tr , '\\n'",
    'HELLO\nheo\na b\naxx\na\nb\n',
  ],
  [
    "printf 'foo\\nbar\\nfoobar\\n' > /tmp/f; grep foo /tmp/f; grep -c foo /tmp/f; grep -v foo /tmp/f; grep -n bar /tmp/f; grep -q nope /tmp/f; echo $?; grep -o 'o*b' /tmp/f; grep -E '^(foo|bar)$' /tmp/f; grep -i FOO /tmp/f | wc -l; grep -w foo /tmp/f; grep nope /tmp/none; echo $?",
    'foo\nfoobar\n2\nbar\n2:bar\n3:foobar\n1\nb\noob\nfoo\nbar\n2\nfoo\n2\n',
    'grep: /tmp/none: No such file or directory\n',
  ],
  [
    "printf 'a1\\nb2\\nc3\\n' > /tmp/f; sed 's/[0-9]/X/' /tmp/f; sed -n 2p /tmp/f; sed -n '/b/,$p' /tmp/f; sed '2d' /tmp/f; sed -e 's/a/A/' -e 's/b/B/' /tmp/f; sed -i 's/c/C/' /tmp/f; cat /tmp/f; sed 's/\\(.\\)\\(.\\)/\\2\\1/' /tmp/f; sed -E 's/(.)(.)/\\2-\\1/g' /tmp/f; sed '$d' /tmp/f; sed '1i top' /tmp/f; sed 's|a|/|g;s/1/&&/' /tmp/f; sed -n '$=' /tmp/f",
    'aX\nbX\ncX\nb2\nb2\nc3\na1\nc3\nA1\nB2\nc3\na1\nb2\nC3\n1a\n2b\n3C\n1-a\n2-b\n3-C\na1\nb2\ntop\na1\nb2\nC3\n/11\nb2\nC3\n3\n',
  ],
  [
    "printf 'one two\\nthree\\n' > /tmp/f; wc /tmp/f; wc -l /tmp/f; wc -l < /tmp/f; cat /tmp/f | wc -w; wc -c /tmp/f; wc /tmp/f /tmp/f",
    '        2         3        14 /tmp/f\n2 /tmp/f\n2\n3\n14 /tmp/f\n        2         3        14 /tmp/f\n        2         3        14 /tmp/f\n        4         6        28 total\n',
  ],
  [
    'mkdir /tmp/a; mkdir /tmp/a; mkdir /tmp/x/y; rmdir /tmp/a; rmdir /tmp/a; rm /nope; rm -f /nope; echo $?; mkdir -p /tmp/a/b/c && ls -R /tmp/a; rmdir /tmp/a',
    '0\n/tmp/a:\nb\n\n/tmp/a/b:\nc\n\n/tmp/a/b/c:\n',
    "mkdir: can't create directory '/tmp/a': File exists\nmkdir: can't create directory '/tmp/x/y': No such file or directory\nrmdir: '/tmp/a': No such file or directory\nrm: can't remove '/nope': No such file or directory\nrmdir: '/tmp/a': Directory not empty\n",
    1,
  ],
  [
    'echo x > /tmp/a; cp /tmp/a /tmp/b; cat /tmp/b; mv /tmp/b /tmp/c; ls /tmp; mkdir /tmp/d; cp /tmp/a /tmp/c /tmp/d; ls /tmp/d; cp /tmp/d /tmp/e; cp -r /tmp/d /tmp/e; ls /tmp/e; cp /nope /tmp/q; mv /nope /tmp/q',
    'x\na\nc\na\nc\na\nc\n',
    "cp: omitting directory '/tmp/d'\ncp: can't stat '/nope': No such file or directory\nmv: can't rename '/nope': No such file or directory\n",
    1,
  ],
  [
    "ln -s /tmp/t /tmp/l; echo hi > /tmp/t; cat /tmp/l; readlink /tmp/l; readlink -f /tmp/l; ls -l /tmp/l | sed 's/.*-> //'; rm /tmp/l; cat /tmp/t; [ -L /tmp/l ]; echo $?",
    'hi\n/tmp/t\n/tmp/t\n/tmp/t\nhi\n1\n',
  ],
  ['basename /a/b.txt .txt; dirname /a/b/c; dirname a; basename /; dirname /; dirname /a', 'b\n/a/b\n.\n/\n/\n/\n'],
  [
    "echo a b c | xargs echo x; printf 'a\\nb\\n' | xargs -I{} echo '<{}>'; printf 'a b c' | xargs -n1 echo; echo | xargs; echo \"a 'b c'\" | xargs -n1",
    'x a b c\n<a>\n<b>\na\nb\nc\n\na\nb c\n',
  ],
  ['yes | head -2; yes no | head -1', 'y\ny\nno\n'],
  ["echo 'a\nb' | tee /tmp/f | cat; cat /tmp/f; echo c | tee -a /tmp/f; cat /tmp/f", 'a\nb\na\nb\nc\na\nb\nc\n'],
  ['id -u; whoami; hostname >/dev/null; nproc >/dev/null; uname -s', '0\nroot\nLinux\n'],
  [
    "chmod 600 /etc/passwd; echo x > /tmp/f; chmod 755 /tmp/f; ls -l /tmp/f | cut -c1-10; chmod u-x,go= /tmp/f; ls -l /tmp/f | cut -c1-10; stat -c '%a %n %s' /tmp/f; chmod +x /nope",
    '-rwxr-xr-x\n-rw-------\n600 /tmp/f 2\n',
    'chmod: /nope: No such file or directory\n',
    1,
  ],
  ["printf 'a\\nb\\nc\\n' | tac; printf 'abc\\n' | rev; printf 'a\\n\\nb\\n' | nl", 'c\nb\na\ncba\n     1\ta\n       \n     2\tb\n'],
  [
    "expr 1 + 2; expr 2 \\* 3; expr a = a; expr length abc; expr abc : 'a\\(.\\)'; expr 5 / 0; echo $?; expr 1 \\> 2; echo $?",
    '3\n6\n1\n3\nb\n2\n0\n1\n',
    'expr: division by zero\n',
  ],
  [
    "date -d @0; date -u -d @1700000000 +%Y-%m-%dT%H:%M:%SZ; date -d @86399 +'%H:%M:%S %j %a %b %e'",
    'Thu Jan  1 00:00:00 UTC 1970\n2023-11-14T22:13:20Z\n23:59:59 001 Thu Jan  1\n',
  ],
  [
    "cat -n /etc/hostname 2>/dev/null; printf 'a\\nb\\n' | cat -n; cat /tmp; echo $?; cat /nope /nope2; echo $?",
    '     1\ta\n     2\tb\n1\n1\n',
    "cat: read error: Is a directory\ncat: can't open '/nope': No such file or directory\ncat: can't open '/nope2': No such file or directory\n",
  ],
  [
    "printf '1\\n2\\n3\\n' > /tmp/f; tail -n +2 /tmp/f; tail -1 /tmp/f; head -c 3 /tmp/f; tail -c 2 /tmp/f; head -n -1 /tmp/f",
    '2\n3\n3\n1\n23\n1\n2\n',
  ],
  ['which ls; which nosuch; echo $?', '/bin/ls\n1\n'],
  [
    "printf 'k=v\\n' | sed 's/=/: /'; echo '2024-01-02' | sed -E 's/([0-9]+)-([0-9]+)-([0-9]+)/\\3.\\2.\\1/'; echo aaa | sed 's/a/b/2'; echo path/to | sed 's#/#_#g'; echo abc | sed 'y/abc/xyz/'",
    'k: v\n02.01.2024\naba\npath_to\nxyz\n',
  ],
  [
    'echo "x" > /tmp/f; [ -s /tmp/f ] && echo nonempty; test -d /tmp/f || echo notdir; [ /tmp/f -nt /nope ] && echo newer',
    'nonempty\nnotdir\n',
    '',
    1,
  ],
  ["sh -c 'sleep 0.1; echo $$ > /dev/null' & wait $!; echo $?", '0\n', '', 0, 100],
  ['printf \'a,b\\nc,d\\n\' | while IFS=, read x y; do echo "$y-$x"; done', 'b-a\nd-c\n'],
  [
    "printf 'a\\nb\\nc\\nd\\ne\\nf\\ng\\nh\\ni\\nj\\n' > /tmp/x; sed 's/b/B/;s/j/J\\nk/' /tmp/x > /tmp/y; diff /tmp/x /tmp/y | tail -n +3; diff -q /tmp/x /tmp/y; diff /tmp/x /nope",
    '@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -7,4 +7,5 @@\n g\n h\n i\n-j\n+J\n+k\nFiles /tmp/x and /tmp/y differ\n',
    "diff: can't stat '/nope': No such file or directory\n",
    2,
  ],
  [
    "printf 'hello\\n\\tworld\\001' | od -c; printf 'abc' | od -x; printf 'hello\\nworld and more' | hexdump -C; printf 'hello' | xxd",
    '0000000   h   e   l   l   o  \\n  \\t   w   o   r   l   d 001\n0000015\n0000000 6261 0063\n0000003\n00000000  68 65 6c 6c 6f 0a 77 6f  72 6c 64 20 61 6e 64 20  |hello.world and |\n00000010  6d 6f 72 65                                       |more|\n00000014\n00000000: 6865 6c6c 6f                             hello\n',
  ],
  [
    "printf '1\\n2\\n' > /tmp/x; printf 'a\\nb\\n' > /tmp/y; paste -d, /tmp/x /tmp/y; seq 3 | paste -sd+; shuf -i 1-5 | sort | paste -s",
    '1,a\n2,b\n1+2+3\n1\t2\t3\t4\t5\n',
  ],
  [
    'mkdir -p /tmp/d/e; echo one > /tmp/d/f; echo two > /tmp/d/e/g; cd /tmp; tar czf d.tgz d; tar tzf d.tgz | sort; mkdir o; tar xzf d.tgz -C o; cat o/d/f o/d/e/g; tar c d | tar x -C /tmp/o; gzip d/f; ls d; zcat d/f.gz; gunzip d/f.gz; ls d',
    'd/\nd/e/\nd/e/g\nd/f\none\ntwo\ne\nf.gz\none\ne\nf\n',
  ],
  [
    "printf 'a\\nb\\nc\\n' | sed ':a;N;$!ba;s/\\n/,/g'; seq 4 | sed '$!{N;s/\\n/ /}'; seq 6 | sed 'n;d'; seq 5 | sed -n '2,4{/3/!p}'; echo aaa | sed ':x;s/a/b/;tx'; printf '1\\n2\\n3\\n' | sed -n '$!{N;P;D}'",
    'a,b,c\n1 2\n3 4\n1\n3\n5\n2\n4\nbbb\n1\n2\n',
  ],
  ['groups; id -Gn', 'root\nroot\n'],
  ['cmp /etc/passwd /etc/passwd && echo same; truncate -s 10 /tmp/f; wc -c < /tmp/f', 'same\n10\n'],
  ['seq 100000 | tail -1; seq 1 1000 | wc -l; seq 20000 | grep -c 7', '100000\n1000\n6878\n'],
  ['sleep 0.1 | cat; echo a | sleep 0.1; true | false | true; echo $?', '0\n', '', 0, 200],
  ['(echo a; echo b >&2) > /tmp/o 2>/tmp/e; cat /tmp/o /tmp/e; echo x 2>/dev/null >/tmp/o; cat /tmp/o', 'a\nb\nx\n'],
  [
    "printf 'a 1\\nb 2\\nc 3\\n' > /tmp/f; awk '{print $1}' /tmp/f; awk '{print $NF, NR}' /tmp/f; awk '{s+=$2} END {print s, s/NR}' /tmp/f; awk '/b/' /tmp/f; awk '$2>1 {print $1; n++} END{print n}' /tmp/f; awk 'NR==2' /tmp/f; awk 'END{print NR}' /tmp/f",
    'a\nb\nc\n1 1\n2 2\n3 3\n6 2\nb 2\nb\nc\n2\nb 2\n3\n',
  ],
  [
    "echo 'root:x:0:0' | awk -F: '{print $1 \"-\" $3}'; echo 'a,b' | awk -F, -v OFS=';' '{$1=$1; print}'; echo 'a b c' | awk '{$2=\"X\"; print; print NF}'",
    'root-0\na;b\na X c\n3\n',
  ],
  [
    'awk \'BEGIN { for (i=0; i<3; i++) printf "%d ", i; print ""; x["a"]=1; x["b"]=2; for (k in x) print k, x[k]; if ("a" in x) print "in"; delete x["a"]; print length(x) }\'',
    '0 1 2 \na 1\nb 2\nin\n1\n',
  ],
  [
    "printf 'x y\\nx z\\ny z\\n' | awk '{c[$1]++} END {for (k in c) print k, c[k]}' | sort; echo 'hello world' | awk '{print toupper($1), length($2), substr($0,1,3), index($0,\"wor\")}'",
    'x 2\ny 1\nHELLO 5 hel 7\n',
  ],
  [
    'echo \'foo bar foo\' | awk \'{gsub(/foo/,"baz"); print; n=split($0,a," "); print n, a[2]}\'; awk \'BEGIN{print 1/3, 10%3, "a" 1+1, -3, !0, 1==1.0, "a"<"b"}\'; echo | awk \'{print ($1=="")?"empty":"full"}\'',
    'baz bar baz\n3 bar\n0.333333 1 a2 -3 1 1 1\nempty\n',
  ],
  [
    "echo '1 2 3' | awk '{ sum=0; for (i=1;i<=NF;i++) sum+=$i; print sum }'; awk 'BEGIN{exit 3}'; echo $?; seq 5 | awk 'NR%2==1{print; next} {print \"even \" $0}'; echo \"a=1\" | awk -F= '$1 ~ /^a/ {print $2}'; awk 'BEGIN { while (i < 3) { i++; if (i==2) continue; print i } printf(\"%5.2f|%-4s|%s\\n\", 3.14159, \"ab\", \"c\") }'",
    '6\n3\n1\neven 2\n3\neven 4\n5\n1\n1\n3\n 3.14|ab  |c\n',
  ],
];

describe('a tool', () => {
  it.each(ROWS.map((row) => ({ script: row[0], row })))('$script', ({ row }) => expect(rowOf(row[0])).toEqual(wholeRow(row)));
});
