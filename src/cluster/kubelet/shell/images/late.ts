// What not every world needs: the images of which fewer are run, and the longer scripts in some.
import { Late } from '../../../../base/late.ts';
import type { Image } from './image.ts';

export const moreImages = new Late<readonly Image[]>('images');
/** By image and path. */
export const scripts = new Late<Readonly<Record<string, Readonly<Record<string, string>>>>>('applications');
