import { describe, expect, it } from 'vitest';
import { briefOf } from './brief.ts';

const line = (path: string, cutter: string | undefined, cookie: string | undefined) => ({
  path,
  cutter,
  cookie,
  isDifferent: cutter !== cookie,
});

describe('briefOf', () => {
  it('tells a field once, with what each side says of it', () => {
    const probe = '.spec.containers[web].readinessProbe';
    const rows = briefOf([
      line('.spec.containers', 'containers:', 'containers:'),
      line('.spec.containers[web].image', '  image: nginx:1.27', '  image: nginx:1.25'),
      line(probe, '  readinessProbe:', undefined),
      line(probe, '    httpGet:', undefined),
      line(probe, '      path: /', undefined),
      line(probe, '      port: 80', undefined),
    ]);
    expect(rows.map(({ field, cutter, cookie }) => [field, cutter, cookie])).toEqual([
      ['image', 'nginx:1.27', 'nginx:1.25'],
      ['readinessProbe', 'path: /, port: 80', undefined],
    ]);
  });

  it('names an item of a list by its name', () => {
    expect(briefOf([line('.spec.containers[agent]', '- name: agent', undefined)])).toEqual([
      { path: '.spec.containers[agent]', field: 'agent', cutter: 'agent', cookie: undefined },
    ]);
  });
});
