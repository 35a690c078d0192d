// The images that are known, one row each. To add one: its names, what it is built on, and what its containers run.
import type { Image } from './image.ts';

export const IMAGES: readonly Image[] = [
  { names: ['busybox', 'e2e-test-images/busybox'], base: 'busybox', command: ['sh'] },
  { names: ['alpine'], base: 'alpine', command: ['/bin/sh'] },
  { names: ['debian'], base: 'debian', command: ['bash'] },
  { names: ['ubuntu'], base: 'ubuntu', command: ['/bin/bash'] },
];
