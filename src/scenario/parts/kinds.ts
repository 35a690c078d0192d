// The kinds that not every world has, with the shapes of their objects.
import { everyKind } from '../../kube/kinds/builtIn.ts';
import { everyKind as all } from '../../kube/kinds/index.ts';
import more from '../../kube/schema/moreKinds.generated.json' with { type: 'json' };
import { moreKinds, type Schema } from '../../kube/schema/schema.ts';
import { fill, type Part } from './part.ts';

export const kinds: Part = [fill(everyKind, all), fill(moreKinds, more as Schema)];
