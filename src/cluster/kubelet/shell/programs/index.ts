// All programs by name: the names that files of images stand for.
import type { Program } from '../program.ts';
import { cat } from './cat.ts';
import { echo } from './echo.ts';
import { kill } from './kill.ts';
import { printf } from './printf.ts';
import { rev } from './rev.ts';
import { sleep, usleep } from './sleep.ts';
import { test } from './test.ts';
import { no, yes } from './truth.ts';
import { unknown } from './unknown.ts';

export const PROGRAMS: Readonly<Record<string, Program>> = Object.assign(Object.create(null), {
  cat,
  echo,
  rev,
  false: no,
  kill,
  printf,
  sleep,
  test,
  true: yes,
  unknown,
  usleep,
});
