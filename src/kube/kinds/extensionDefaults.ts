// What a server fills into the kinds by which others extend it: webhooks, drivers, claims for devices, and the queues of its requests.
// Models pkg/apis/{admissionregistration,storage,resource,flowcontrol}/v1/defaults.go.
import type { KubeObject } from '../meta.ts';
import { changed, filled, mapped } from './fill.ts';

type Map = Readonly<Record<string, unknown>>;
type Defaults = (object: KubeObject) => KubeObject;

/** `object` with one field of it filled by `fill`; the field may hold a map or a list of maps, each filled. */
const at =
  (field: string, fill: (value: Map) => Map) =>
  (object: Map): Map =>
    changed(object, field, (value) => (Array.isArray(value) ? mapped(value as readonly Map[], fill) : fill(value as Map)));

const fillWith =
  (defaults: Map) =>
  (object: Map): Map =>
    filled<Map>(object, defaults);

const both =
  (...fills: readonly ((object: Map) => Map)[]) =>
  (object: Map): Map =>
    fills.reduce((result, fill) => fill(result), object);

const ofObject =
  (fill: (object: Map) => Map): Defaults =>
  (object) =>
    fill(object as unknown as Map) as unknown as KubeObject;

const webhook = (own: Map) =>
  both(
    fillWith({ failurePolicy: 'Fail', matchPolicy: 'Equivalent', namespaceSelector: {}, objectSelector: {}, timeoutSeconds: 10, ...own }),
    at('clientConfig', at('service', fillWith({ port: 443 }))),
    at('rules', fillWith({ scope: '*' })),
  );

/** A device is asked for once unless the request says more; `All` needs no number. */
const deviceRequest = (request: Map): Map => {
  const named = filled<Map>(request, { allocationMode: 'ExactCount' });
  const counted = named.allocationMode === 'ExactCount' ? filled<Map>(named, { count: 1 }) : named;
  return at('tolerations', fillWith({ operator: 'Equal' }))(counted);
};
const claimSpec = at('devices', at('requests', both(at('exactly', deviceRequest), at('firstAvailable', deviceRequest))));

const priorityLevel = both(
  at('exempt', fillWith({ nominalConcurrencyShares: 0, lendablePercent: 0 })),
  at(
    'limited',
    both(
      fillWith({ nominalConcurrencyShares: 30, lendablePercent: 0 }),
      at('limitResponse', at('queuing', fillWith({ queues: 64, handSize: 8, queueLengthLimit: 50 }))),
    ),
  ),
);

export const extensionDefaults: Readonly<Record<string, Defaults>> = {
  ValidatingWebhookConfiguration: ofObject(at('webhooks', webhook({}))),
  MutatingWebhookConfiguration: ofObject(at('webhooks', webhook({ reinvocationPolicy: 'Never' }))),
  CSIDriver: ofObject(
    at(
      'spec',
      fillWith({
        attachRequired: true,
        podInfoOnMount: false,
        storageCapacity: false,
        fsGroupPolicy: 'ReadWriteOnceWithFSType',
        volumeLifecycleModes: ['Persistent'],
        requiresRepublish: false,
        seLinuxMount: false,
      }),
    ),
  ),
  ResourceClaim: ofObject(at('spec', claimSpec)),
  ResourceClaimTemplate: ofObject(at('spec', at('spec', claimSpec))),
  FlowSchema: ofObject(at('spec', fillWith({ matchingPrecedence: 1000 }))),
  PriorityLevelConfiguration: ofObject(at('spec', priorityLevel)),
};
