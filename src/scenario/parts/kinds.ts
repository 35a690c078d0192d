// The shapes of kinds that not every world has.
import more from '../../kube/schema/moreKinds.generated.json' with { type: 'json' };
import { moreKinds, type Schema } from '../../kube/schema/schema.ts';
import { fill, type Part } from './part.ts';

export const kinds: Part = [fill(moreKinds, more as Schema)];
