import { describe, expect, it } from 'vitest';
import { align, DESCRIPTION, TABLE } from './tabwriter.ts';

describe('align', () => {
  it('gives a column the width of its widest cell and three blanks, six at least', () => {
    expect(align('NAME\tA\tAGE\nweb-1234\t1\t5s', TABLE)).toBe('NAME       A     AGE\nweb-1234   1     5s');
  });

  it('ends a column where a line has no cell in it', () => {
    expect(align('Name:\tweb\nContainers:\n  Image of it:\tnginx\n', DESCRIPTION)).toBe('Name:  web\nContainers:\n  Image of it:  nginx\n');
  });

  it('leaves what follows the last tab as it is', () => {
    expect(align('a\tvery long last cell\nb\tc', DESCRIPTION)).toBe('a  very long last cell\nb  c');
  });

  it('counts letters, not bytes', () => {
    expect(align('파드\tx\nabc\ty', DESCRIPTION)).toBe('파드   x\nabc  y');
  });

  it('never makes a remembered column narrower', () => {
    const widths: number[] = [];
    expect(align('web-1234\t1', TABLE, widths)).toBe('web-1234   1');
    expect(align('db\t1', TABLE, widths)).toBe('db         1');
  });
});
