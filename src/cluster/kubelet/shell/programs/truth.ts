// true and false.
import { instant } from '../program.ts';

export const yes = instant(() => 0);
export const no = instant(() => 1);
