// The end of namespaces.
import { namespaceControllers } from '../../cluster/controllers/index.ts';
import { namespace } from '../../cluster/controllers/namespace.ts';
import { fill, type Part } from './part.ts';

export const namespaces: Part = [fill(namespaceControllers, [namespace])];
