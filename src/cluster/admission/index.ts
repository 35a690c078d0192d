// The admission plugins, in the order in which the API server calls them. Adding one is a file and a line here.
import type { Admission } from './admission.ts';
import { claimResize } from './claimResize.ts';
import { defaultStorageClass } from './defaultStorageClass.ts';
import { defaultTolerations } from './defaultTolerations.ts';
import { limitRanger } from './limitRanger.ts';
import { mutatingPolicy } from './mutatingPolicy.ts';
import { namespaceLifecycle } from './namespaceLifecycle.ts';
import { priority } from './priority.ts';
import { resourceQuota } from './resourceQuota.ts';
import { runtimeClass } from './runtimeClass.ts';
import { serviceAccount } from './serviceAccount.ts';
import { serviceAddresses } from './serviceAddresses.ts';
import { storageProtection } from './storageProtection.ts';
import { taintNodes } from './taintNodes.ts';
import { validatingPolicy } from './validatingPolicy.ts';

const BEFORE_POLICIES: readonly Admission[] = [
  namespaceLifecycle,
  limitRanger,
  serviceAccount,
  taintNodes,
  priority,
  defaultTolerations,
  defaultStorageClass,
  storageProtection,
  runtimeClass,
  claimResize,
];

export const admissions: readonly Admission[] = [
  ...BEFORE_POLICIES,
  mutatingPolicy(BEFORE_POLICIES),
  serviceAddresses,
  validatingPolicy,
  resourceQuota,
];
