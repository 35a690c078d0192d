// For tests: pictures show all that there is.
import { putIn } from '../scenario/parts/part.ts';
import { around } from './around.ts';

putIn(around);
