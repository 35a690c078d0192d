// The registry of controllers: adding one is a file and a line here.
import type { Controller } from '../controller.ts';

export const controllers: readonly Controller[] = [];
