// For tests: everything is there, as it is for programs.
import { putInAll } from './all.ts';

putInAll();
