// What of the API server few worlds ask for: it comes with a part of the program (scenario/parts).
import { Late } from '../base/late.ts';
import type { evict } from './eviction.ts';
import type { patchPodSubresource } from './podSubresources.ts';
import type { serverSideApply } from './serverSideApply.ts';

export const evictions = new Late<typeof evict>('nodes');
export const podSubresources = new Late<typeof patchPodSubresource>('edits');
export const serverSideApplies = new Late<typeof serverSideApply>('managers');
