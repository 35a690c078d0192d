// What the picture shows around owners: the places of sets, budgets, Services and autoscalers. It comes with the parts that bring these
// kinds, and by itself for a tape that shows them while the engine is not there.

import { fill, type Part } from '../scenario/parts/part.ts';
import { doors } from '../scene/doors.ts';
import { doorsTo, mayLose } from '../scene/guards.ts';
import { doorPlates } from '../scene/ownerDraft.ts';
import { scalerWords } from '../scene/ownerWords.ts';
import { placesOf } from '../scene/places.ts';
import { socketRows } from '../scene/rail.ts';
import * as scalers from '../scene/scalers.ts';
import { budgets, fixedPlaces, scaling, services } from '../scene/scene.ts';
import * as sockets from '../scene/sockets.ts';

export const around: Part = [
  fill(fixedPlaces, placesOf),
  fill(socketRows, sockets),
  fill(budgets, mayLose),
  fill(services, doorsTo),
  fill(doorPlates, doors),
  fill(scaling, scalers),
  fill(scalerWords, scalers),
];
