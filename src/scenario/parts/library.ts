// The scenarios of the menu beside the first.
import { wholeLibrary } from '../library/find.ts';
import { library as scenarios } from '../library/index.ts';
import { fill, type Part } from './part.ts';

export const library: Part = [fill(wholeLibrary, scenarios)];
