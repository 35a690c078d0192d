// Server-side apply, and who has written which field.
import { serverSideApplies } from '../../cluster/late.ts';
import { serverSideApply } from '../../cluster/serverSideApply.ts';
import { fieldManagers } from '../../kube/late.ts';
import * as fields from '../../kube/managers.ts';
import { fill, type Part } from './part.ts';

export const managers: Part = [fill(serverSideApplies, serverSideApply), fill(fieldManagers, fields)];
