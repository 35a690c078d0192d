// The admission plugins, in the order in which the API server calls them. Adding one is a file and a line here.
import type { Admission } from './admission.ts';
import { defaultTolerations } from './defaultTolerations.ts';
import { namespaceLifecycle } from './namespaceLifecycle.ts';

export const admissions: readonly Admission[] = [namespaceLifecycle, defaultTolerations];
