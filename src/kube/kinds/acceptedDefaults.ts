// What a server fills into objects of the kinds that are kept and not simulated.
// Models pkg/apis/{apps,batch,core,autoscaling,networking,rbac,scheduling,storage}/v*/defaults.go. Cluster addresses and selectors of
// Jobs are made elsewhere: they need the server's state.
import type { KubeObject } from '../meta.ts';
import { changed, filled, mapped } from './fill.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';

type Map = Readonly<Record<string, unknown>>;
type Spec = Map & { readonly template?: PodTemplateSpec };

const REVISIONS_KEPT = 10;

/** Defaults for `spec` by a function of it. */
const inSpec =
  (change: (spec: Spec) => Spec) =>
  (object: KubeObject): KubeObject => ({ ...object, spec: change((object.spec ?? {}) as Spec) });

const withTemplate = (spec: Spec): Spec => changed(filled<Spec>(spec, { template: {} as PodTemplateSpec }), 'template', defaultTemplate);

/** A map inside a map, filled in; made where it is missing. */
const within = (object: Map, field: string, defaults: Map): Map => ({
  ...object,
  [field]: filled<Map>((object[field] ?? {}) as Map, defaults),
});

function strategyOf(spec: Spec, rollingUpdate: Map): Spec {
  const strategy = within(spec, 'updateStrategy', { type: 'RollingUpdate' });
  const { type } = strategy.updateStrategy as Map;
  if (type !== 'RollingUpdate') return strategy;
  return { ...strategy, updateStrategy: within(strategy.updateStrategy as Map, 'rollingUpdate', rollingUpdate) };
}

const statefulSet = inSpec((given) => {
  const spec = filled<Spec>(withTemplate(given), {
    replicas: 1,
    podManagementPolicy: 'OrderedReady',
    revisionHistoryLimit: REVISIONS_KEPT,
  });
  const kept = within(strategyOf(spec, { partition: 0 }), 'persistentVolumeClaimRetentionPolicy', {
    whenDeleted: 'Retain',
    whenScaled: 'Retain',
  });
  return changed(kept as Map & { readonly volumeClaimTemplates?: readonly Map[] }, 'volumeClaimTemplates', (templates) =>
    mapped(templates, (template) => ({
      kind: 'PersistentVolumeClaim',
      apiVersion: 'v1',
      ...within(template, 'spec', { volumeMode: 'Filesystem' }),
      status: { phase: 'Pending' },
    })),
  );
});

const networkPolicy = inSpec((given) =>
  filled<Spec>({ podSelector: {}, ...given }, { policyTypes: given.egress === undefined ? ['Ingress'] : ['Ingress', 'Egress'] }),
);

const RBAC = 'rbac.authorization.k8s.io';

function binding(object: KubeObject): KubeObject {
  const { roleRef, subjects } = object as KubeObject & { readonly roleRef?: Map; readonly subjects?: readonly Map[] };
  return {
    ...object,
    ...(roleRef ? { roleRef: filled<Map>(roleRef, { apiGroup: RBAC }) } : {}),
    ...(subjects
      ? {
          subjects: mapped(subjects, (subject) => (subject.kind === 'ServiceAccount' ? subject : filled<Map>(subject, { apiGroup: RBAC }))),
        }
      : {}),
  };
}

/** Text given as `stringData` is kept as base64 in `data`. */
function secret(object: KubeObject): KubeObject {
  const { stringData, ...rest } = filled(object as KubeObject & Map, { type: 'Opaque' }) as KubeObject & Map;
  if (!stringData) return rest;
  const encoded = Object.entries(stringData as Readonly<Record<string, string>>).map(([key, text]) => [key, base64Of(text)]);
  return { ...rest, data: { ...(rest.data as Map | undefined), ...Object.fromEntries(encoded) } } as KubeObject;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

function base64Of(text: string): string {
  const bytes = new TextEncoder().encode(text);
  let result = '';
  for (let i = 0; i < bytes.length; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    for (let j = 0; j < 4; j++) result += i + j > bytes.length ? '=' : BASE64[(bits >> (18 - 6 * j)) & 63];
  }
  return result;
}

export const acceptedDefaults: Readonly<Record<string, (object: KubeObject) => KubeObject>> = {
  StatefulSet: statefulSet,
  NetworkPolicy: networkPolicy,
  Secret: secret,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
};
