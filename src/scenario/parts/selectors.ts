// Objects that are chosen by their labels and fields, and what apply prunes.
import * as prune from '../../kubectl/prune.ts';
import { pruning } from '../../kubectl/pruneFlags.ts';
import * as selecting from '../../kubectl/selecting.ts';
import { selectors as place } from '../../kubectl/selectors.ts';
import { fill, type Part } from './part.ts';

export const selectors: Part = [fill(place, selecting), fill(pruning, prune)];
