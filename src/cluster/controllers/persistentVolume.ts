// Binds claims to volumes: finds the smallest volume that fits, asks a provisioner for one, and says what becomes of a volume whose
// claim is gone. Models pkg/controller/volume/persistentvolume/pv_controller.go. Leaves out: the plugins inside Kubernetes that made
// volumes themselves, all of which have moved into drivers of their own, and the pods that scrub a volume to be recycled.
//
//   claim: no volume yet ─▶ one fits? ─▶ bind │ class? ─▶ provisioner │ consumer awaited │ none: FailedBinding, again in 15 s
//   claim: bound ─▶ volume gone or another's ─▶ Lost
//   volume: no claim ─▶ Available │ claim gone ─▶ Released ─▶ Retain, Delete or Recycle │ claim elsewhere ─▶ let go
import type { Event } from '../../kube/kinds/event.ts';
import { isPodTerminal } from '../../kube/kinds/pod.ts';
import {
  BETA_PROVISIONER,
  BIND_COMPLETED,
  bestVolumeFor,
  classNameOf,
  defaultClassOf,
  hasClass,
  isBoundTo,
  isModeEqual,
  mismatchOf,
  type PersistentVolume,
  type PersistentVolumeClaim,
  PROVISIONER,
  SELECTED_NODE,
  type StorageClass,
  WAIT_FOR_CONSUMER,
} from '../../kube/kinds/volumes.ts';
import { keyFor } from '../../kube/meta.ts';
import type { Controller, ControllerContext } from '../controller.ts';
import { bind, setClaimPhase, setVolumePhase } from './volumeBinding.ts';
import { letGo, reclaim } from './volumeReclaim.ts';

const NAME = 'persistentvolume-controller';
/** All that waits is looked at anew so often: a new volume does not wake the claims that it would fit. */
const RESYNC_MS = 15_000;
const INTREE_PREFIX = 'kubernetes.io/';

/** Provisioners that were part of Kubernetes once, and the drivers that took over their work. */
const MIGRATED: Readonly<Record<string, string>> = {
  'kubernetes.io/aws-ebs': 'ebs.csi.aws.com',
  'kubernetes.io/azure-disk': 'disk.csi.azure.com',
  'kubernetes.io/azure-file': 'file.csi.azure.com',
  'kubernetes.io/cinder': 'cinder.csi.openstack.org',
  'kubernetes.io/gce-pd': 'pd.csi.storage.gke.io',
  'kubernetes.io/portworx-volume': 'pxd.portworx.com',
  'kubernetes.io/vsphere-volume': 'csi.vsphere.vmware.com',
};

type Ctx = ControllerContext;
type Again = void | { readonly requeueAfterMs: number };

const again: Again = { requeueAfterMs: RESYNC_MS };

export const persistentVolume: Controller = {
  name: NAME,
  watches: [
    { kind: 'PersistentVolumeClaim', keys: ({ key, before, after }) => (after ? [key] : volumeKeys(before as PersistentVolumeClaim)) },
    { kind: 'PersistentVolume', keys: ({ key, before, after }) => (after ? [key] : claimKeys(before as PersistentVolume)) },
  ],
  reconcile(key, ctx) {
    if (key.startsWith('PersistentVolumeClaim/')) {
      const claim = ctx.api.getByKey<PersistentVolumeClaim>(key);
      if (!claim) return;
      return claim.metadata.annotations?.[BIND_COMPLETED] === undefined ? syncUnbound(claim, ctx) : syncBound(claim, ctx);
    }
    const volume = ctx.api.getByKey<PersistentVolume>(key);
    if (volume) syncVolume(volume, ctx);
  },
};

function volumeKeys(claim: PersistentVolumeClaim): string[] {
  const { volumeName } = claim.spec;
  return volumeName ? [keyFor('PersistentVolume', undefined, volumeName)] : [];
}

function claimKeys({ spec: { claimRef } }: PersistentVolume): string[] {
  return claimRef?.name ? [keyFor('PersistentVolumeClaim', claimRef.namespace, claimRef.name)] : [];
}

function tell(claim: PersistentVolumeClaim, type: Event['type'], reason: string, message: string, ctx: Ctx): void {
  ctx.record(claim, type, reason, message);
}

// A claim that was never bound --------------------------------------------------------------------------------------------

function syncUnbound(claim: PersistentVolumeClaim, ctx: Ctx): Again {
  return claim.spec.volumeName ? syncNamed(claim, claim.spec.volumeName, ctx) : syncFree(claim, ctx);
}

/** The claim takes any volume that fits. */
function syncFree(claim: PersistentVolumeClaim, ctx: Ctx): Again {
  const storageClass = classOf(claim, ctx);
  const isBoundLater = storageClass?.volumeBindingMode === WAIT_FOR_CONSUMER;
  const volume = bestVolumeFor(claim, ctx.api.list<PersistentVolume>('PersistentVolume'), { isBoundLater });
  if (volume) return bind(volume, claim, ctx);
  if (!hasClass(claim)) {
    // A default class that came after the claim counts all the same.
    const chosen = defaultClassOf(ctx.api.list<StorageClass>('StorageClass'));
    if (chosen) {
      ctx.api.update({ ...claim, spec: { ...claim.spec, storageClassName: chosen.metadata.name } }, { trusted: true });
      return;
    }
  }
  if (isBoundLater && claim.metadata.annotations?.[SELECTED_NODE] === undefined) tellWaiting(claim, ctx);
  else if (classNameOf(claim) !== '') return provision(claim, storageClass, ctx);
  else tell(claim, 'Normal', 'FailedBinding', 'no persistent volumes available for this claim and no storage class is set', ctx);
  setClaimPhase(claim, 'Pending', undefined, ctx);
  return again;
}

function classOf(claim: PersistentVolumeClaim, ctx: Ctx): StorageClass | undefined {
  const name = classNameOf(claim);
  return name === '' ? undefined : ctx.api.get<StorageClass>('StorageClass', undefined, name);
}

function tellWaiting(claim: PersistentVolumeClaim, ctx: Ctx): void {
  const { namespace = '', name } = claim.metadata;
  const waiting = ctx.api.podsUsingClaim(namespace, name).filter((pod) => !pod.spec.nodeName && !isPodTerminal(pod));
  if (waiting.length === 0) {
    return tell(claim, 'Normal', WAIT_FOR_CONSUMER, 'waiting for first consumer to be created before binding', ctx);
  }
  const names = waiting.map(({ metadata }) => metadata.name).join(',');
  tell(claim, 'Normal', 'WaitForPodScheduled', `waiting for pod${waiting.length > 1 ? 's' : ''} ${names} to be scheduled`, ctx);
}

/** Writes on the claim who is to make its volume; that one watches claims. */
function provision(claim: PersistentVolumeClaim, storageClass: StorageClass | undefined, ctx: Ctx): Again {
  const problem = storageClass
    ? provisionerProblem(storageClass.provisioner)
    : `storageclass.storage.k8s.io "${classNameOf(claim)}" not found`;
  if (!storageClass || problem !== undefined) {
    tell(claim, 'Warning', 'ProvisioningFailed', problem as string, ctx);
    return again;
  }
  const provisioner = MIGRATED[storageClass.provisioner] ?? storageClass.provisioner;
  const annotations = { ...claim.metadata.annotations, [BETA_PROVISIONER]: provisioner, [PROVISIONER]: provisioner };
  const asked = ctx.api.update({ ...claim, metadata: { ...claim.metadata, annotations } }, { trusted: true });
  const text =
    `Waiting for a volume to be created either by the external provisioner '${provisioner}' or manually by the system administrator. ` +
    'If volume creation is delayed, please verify that the provisioner is running and correctly registered.';
  tell(asked, 'Normal', 'ExternalProvisioning', text, ctx);
  return again;
}

function provisionerProblem(provisioner: string): string | undefined {
  const isUnknown = provisioner.startsWith(INTREE_PREFIX) && MIGRATED[provisioner] === undefined;
  return isUnknown ? `no volume plugin matched name: ${provisioner}` : undefined;
}

/** The claim asks for one volume by its name. */
function syncNamed(claim: PersistentVolumeClaim, volumeName: string, ctx: Ctx): Again {
  const volume = ctx.api.get<PersistentVolume>('PersistentVolume', undefined, volumeName);
  if (volume && isBoundTo(volume, claim)) return bind(volume, claim, ctx);
  if (volume && !volume.spec.claimRef) {
    const mismatch = mismatchOf(volume, claim);
    if (mismatch === undefined) return bind(volume, claim, ctx);
    tell(claim, 'Warning', 'VolumeMismatch', `Cannot bind to requested volume "${volumeName}": ${mismatch}`, ctx);
  } else if (volume) {
    tell(claim, 'Warning', 'FailedBinding', `volume "${volumeName}" already bound to a different claim.`, ctx);
  }
  setClaimPhase(claim, 'Pending', undefined, ctx);
  return again;
}

// A claim that was bound --------------------------------------------------------------------------------------------------

function syncBound(claim: PersistentVolumeClaim, ctx: Ctx): void {
  const { volumeName } = claim.spec;
  const volume = volumeName ? ctx.api.get<PersistentVolume>('PersistentVolume', undefined, volumeName) : undefined;
  const isOurs = volume && (!volume.spec.claimRef || volume.spec.claimRef.uid === claim.metadata.uid);
  if (isOurs) return bind(volume, claim, ctx);
  if (volume) return lose(claim, 'ClaimMisbound', 'Two claims are bound to the same volume, this one is bound incorrectly', ctx);
  const what = volumeName ? 'its PersistentVolume' : 'reference to PersistentVolume';
  lose(claim, 'ClaimLost', `Bound claim has lost ${what}. Data on the volume is lost!`, ctx);
}

function lose(claim: PersistentVolumeClaim, reason: string, message: string, ctx: Ctx): void {
  if (claim.status.phase === 'Lost') return;
  tell(setClaimPhase(claim, 'Lost', undefined, ctx), 'Warning', reason, message, ctx);
}

// A volume ----------------------------------------------------------------------------------------------------------------

function syncVolume(volume: PersistentVolume, ctx: Ctx): void {
  const { claimRef } = volume.spec;
  if (!claimRef?.uid) {
    setVolumePhase(volume, 'Available', '', ctx);
    return;
  }
  const found = ctx.api.get<PersistentVolumeClaim>('PersistentVolumeClaim', claimRef.namespace, claimRef.name ?? '');
  const claim = found?.metadata.uid === claimRef.uid ? found : undefined;
  if (!claim) return reclaim(volume, ctx);
  if (claim.spec.volumeName === volume.metadata.name) {
    setVolumePhase(volume, 'Bound', '', ctx);
  } else if (claim.spec.volumeName) {
    letGo(volume, ctx);
  } else if (isModeEqual(volume, claim)) {
    ctx.enqueueAfter(claimKeys(volume)[0] as string, 0);
  } else {
    const text = (what: string, name: string) => `Cannot bind ${what} "${name}" due to incompatible volumeMode.`;
    ctx.record(volume, 'Warning', 'VolumeMismatch', text('PersistentVolume to requested PersistentVolumeClaim', claim.metadata.name));
    tell(claim, 'Warning', 'VolumeMismatch', text('PersistentVolumeClaim to requested PersistentVolume', volume.metadata.name), ctx);
  }
}
