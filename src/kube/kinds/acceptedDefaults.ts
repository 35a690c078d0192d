// What a server fills into objects of the kinds that are kept and not simulated.
// Models pkg/apis/{apps,batch,core,autoscaling,networking,rbac,scheduling,storage}/v*/defaults.go. Cluster addresses and selectors of
// Jobs are made elsewhere: they need the server's state.
import type { KubeObject } from '../meta.ts';
import { extensionDefaults } from './extensionDefaults.ts';
import { changed, filled, mapped } from './fill.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';
import { ADMIN } from './reviews.ts';

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

interface PolicyRules {
  readonly ports?: readonly Map[];
}

const withProtocols = (rules: unknown): unknown =>
  Array.isArray(rules)
    ? mapped(rules as readonly PolicyRules[], (rule) =>
        changed(rule, 'ports', (ports) => mapped(ports, (port) => filled<Map>(port, { protocol: 'TCP' }))),
      )
    : rules;

const networkPolicy = inSpec((given) => {
  const { ingress, egress } = given as { readonly ingress?: unknown; readonly egress?: readonly unknown[] };
  const policyTypes = egress?.length ? ['Ingress', 'Egress'] : ['Ingress'];
  const rules = { ...(ingress ? { ingress: withProtocols(ingress) } : {}), ...(egress ? { egress: withProtocols(egress) } : {}) };
  return filled<Spec>({ podSelector: {}, ...given, ...rules }, { policyTypes });
});

const ingressClass = (object: KubeObject): KubeObject =>
  changed(object as KubeObject & { readonly spec?: { readonly parameters?: Map } }, 'spec', (spec) =>
    changed(spec, 'parameters', (parameters) => filled<Map>(parameters, { scope: 'Cluster' })),
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

/** Whoever asks for a certificate is written down. */
const signingRequest = inSpec((spec) => filled<Map>(spec, { username: ADMIN.name, groups: ADMIN.groups }) as Spec);

const podTemplate = (object: KubeObject): KubeObject =>
  changed(object as KubeObject & { readonly template?: PodTemplateSpec }, 'template', defaultTemplate);

export const acceptedDefaults: Readonly<Record<string, (object: KubeObject) => KubeObject>> = {
  ...extensionDefaults,
  PodTemplate: podTemplate,
  StatefulSet: statefulSet,
  NetworkPolicy: networkPolicy,
  CertificateSigningRequest: signingRequest,
  IngressClass: ingressClass,
  RoleBinding: binding,
  ClusterRoleBinding: binding,
};
