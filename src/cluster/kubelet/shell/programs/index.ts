// Programs by name: the names that files of images stand for. `applications.ts` has the others.
import type { Program } from '../program.ts';
import { agnhost } from './agnhost.ts';
import { apache } from './apache.ts';
import { awk } from './awk/awk.ts';
import { base64 } from './base64.ts';
import { busybox } from './busybox.ts';
import { cat } from './cat.ts';
import { checksum, cksum } from './checksum.ts';
import { chmod, chown } from './chmod.ts';
import { comm, diff } from './compare.ts';
import { cp, mv } from './copy.ts';
import { curl } from './curl.ts';
import { cut } from './cut.ts';
import { date } from './date.ts';
import { dd } from './dd.ts';
import { echo } from './echo.ts';
import { env, printenv } from './environment.ts';
import { find } from './find.ts';
import { grep } from './grep.ts';
import { head } from './head.ts';
import { httpd } from './httpd.ts';
import { groups, hostname, id, nproc, pwd, tty, uname, whoami } from './identity.ts';
import { kill } from './kill.ts';
import { getent, netstat, nslookup, ping } from './lookups.ts';
import { ls } from './ls.ts';
import { ln, mkdir, mkfifo, mktemp } from './mkdir.ts';
import { nc } from './nc.ts';
import { nginx } from './nginx.ts';
import { hexdump, od, xxd } from './od.ts';
import { packages } from './packages.ts';
import { fold, paste, shuf } from './paste.ts';
import { basename, dirname, readlink, realpath, which } from './paths.ts';
import { pause } from './pause.ts';
import { printf } from './printf.ts';
import { free, killall, pgrep, pidof, ps, top, uptime } from './processes.ts';
import { rev } from './rev.ts';
import { rm, rmdir } from './rm.ts';
import { nohup, time, timeout, watch, xargs } from './runners.ts';
import { bootcamp, echoServer, helloApp, helloBackend, hpaExample, httpEcho, nodeHello, whoamiServer } from './samples.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { sleep, usleep } from './sleep.ts';
import { cmp, expr, nothing, truncate } from './small.ts';
import { sort } from './sort.ts';
import { stress, vishStress } from './stress.ts';
import { nl, tac } from './tac.ts';
import { tail } from './tail.ts';
import { gzip, tar } from './tar.ts';
import { tee } from './tee.ts';
import { telnet } from './telnet.ts';
import { test } from './test.ts';
import { touch } from './touch.ts';
import { tr } from './tr.ts';
import { no, yes as truth } from './truth.ts';
import { uniq } from './uniq.ts';
import { unknown } from './unknown.ts';
import { df, du, mount, stat } from './usageOfDisk.ts';
import { wc } from './wc.ts';
import { wget } from './wget.ts';
import { yes } from './yes.ts';

const TOOLS = {
  awk,
  base64,
  basename,
  busybox,
  cat,
  checksum,
  chgrp: chown,
  chmod,
  chown,
  cksum,
  clear: nothing,
  cmp,
  comm,
  cp,
  curl,
  cut,
  date,
  dd,
  df,
  diff,
  dirname,
  du,
  echo,
  env,
  expr,
  fold,
  false: no,
  find,
  free,
  getent,
  grep,
  groups,
  gzip,
  head,
  hexdump,
  hostname,
  id,
  kill,
  killall,
  ln,
  ls,
  mkdir,
  mkfifo,
  mktemp,
  more: cat,
  mount,
  mv,
  nc,
  netstat,
  nice: nohup,
  setsid: nohup,
  nl,
  nohup,
  nproc,
  nslookup,
  od,
  paste,
  pgrep,
  pidof,
  ping,
  printenv,
  printf,
  ps,
  pwd,
  readlink,
  realpath,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  shuf,
  sleep,
  sort,
  stat,
  stty: nothing,
  sync: nothing,
  tac,
  tail,
  tar,
  tee,
  telnet,
  test,
  time,
  timeout,
  top,
  touch,
  tr,
  true: truth,
  truncate,
  tty,
  uname,
  uniq,
  unlink: rm,
  uptime,
  usleep,
  watch,
  wc,
  wget,
  which,
  whoami,
  xargs,
  xxd,
  yes,
};

const SERVERS = {
  agnhost,
  apache,
  'apt-get': packages,
  apk: packages,
  'echo-server': echoServer,
  'hello-app': helloApp,
  'hello-backend': helloBackend,
  'hpa-example': hpaExample,
  'http-echo': httpEcho,
  httpd,
  nginx,
  'kubernetes-bootcamp': bootcamp,
  'node-hello': nodeHello,
  pause,
  stress,
  unknown,
  'vish-stress': vishStress,
  'whoami-server': whoamiServer,
};

export const PROGRAMS: Readonly<Record<string, Program>> = Object.assign(Object.create(null), TOOLS, SERVERS);
