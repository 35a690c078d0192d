// What only some images need: the longer scripts in them.
import { Late } from '../../../../base/late.ts';

/** By image and path. */
export const scripts = new Late<Readonly<Record<string, Readonly<Record<string, string>>>>>('applications');
