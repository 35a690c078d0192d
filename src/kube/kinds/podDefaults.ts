// What a server fills into a pod or a pod template that leaves it out.
// Models pkg/apis/core/v1/{defaults,zz_generated.defaults,conversion}.go. Leaves out the cloud volumes that no longer exist in tree.

import { remembered } from '../../base/remembered.ts';
import { canonicalQuantity } from '../quantity.ts';
import { changed, filled, mapped } from './fill.ts';
import type {
  Container,
  ContainerPort,
  EnvVar,
  Pod,
  PodSpec,
  PodTemplateSpec,
  Probe,
  ResourceList,
  ResourceRequirements,
  Volume,
} from './pod.ts';

export const DEFAULT_SCHEDULER = 'default-scheduler';
const DEFAULT_GRACE_SECONDS = 30;
/** 0644 as a decimal number, as JSON has it. */
const DEFAULT_FILE_MODE = 420;
const TOKEN_EXPIRES_SECONDS = 3600;

/** What a missing spec is in Go: a struct of zeros, which validation then finds without containers. */
const NO_SPEC = {} as PodSpec;

/** Defaults that hold for pods and pod templates alike. Asked again and again for one template, it answers at once. */
export const defaultPodSpec = remembered((given: PodSpec): PodSpec => {
  let spec = filled<PodSpec>(given, {
    restartPolicy: 'Always',
    terminationGracePeriodSeconds: DEFAULT_GRACE_SECONDS,
    dnsPolicy: 'ClusterFirst',
    securityContext: {},
    schedulerName: DEFAULT_SCHEDULER,
  });
  // The old and the new name of one field: the server always writes both.
  const account = spec.serviceAccountName || spec.serviceAccount;
  if (account) spec = filled<PodSpec>({ ...spec, serviceAccountName: account }, { serviceAccount: account });
  spec = changed(spec, 'containers', (containers) => mapped(containers, defaultContainer));
  spec = changed(spec, 'initContainers', (containers) => mapped(containers, defaultContainer));
  spec = changed(spec, 'ephemeralContainers', (containers) => mapped(containers, defaultContainer));
  spec = changed(spec, 'overhead', canonicalList);
  spec = changed(spec, 'resources', canonicalResources);
  return changed(spec, 'volumes', (volumes) => mapped(volumes, defaultVolume));
});

export function defaultTemplate(template: PodTemplateSpec): PodTemplateSpec {
  return changed(filled<PodTemplateSpec>(template, { metadata: {}, spec: NO_SPEC }), 'spec', defaultPodSpec);
}

/** The defaults of a whole pod: those of its spec, and requests from limits. */
export function defaultPod(pod: Pod): Pod {
  return changed(pod.spec ? pod : { ...pod, spec: NO_SPEC }, 'spec', defaultOwnSpec);
}

const defaultOwnSpec = remembered((given: PodSpec): PodSpec => {
  let spec = filled<PodSpec>(defaultPodSpec(given), { enableServiceLinks: true });
  spec = changed(spec, 'containers', (containers) => mapped(containers, (container) => changed(container, 'resources', requestLimits)));
  spec = changed(spec, 'initContainers', (containers) => mapped(containers, (container) => changed(container, 'resources', requestLimits)));
  spec = changed(spec, 'resources', requestLimits);
  if (spec.hostNetwork) spec = changed(spec, 'containers', (containers) => mapped(containers, exposeOnHost));
  return spec;
});

/** Who sets a limit and no request asks for all of it. */
function requestLimits(resources: ResourceRequirements): ResourceRequirements {
  if (!resources.limits) return resources;
  const requests = filled<ResourceList>(resources.requests ?? {}, resources.limits);
  return requests === resources.requests ? resources : { ...resources, requests };
}

function exposeOnHost(container: Container): Container {
  return changed(container, 'ports', (ports) =>
    mapped(ports, (port) => (port.hostPort ? port : { ...port, hostPort: port.containerPort })),
  );
}

function defaultContainer(given: Container): Container {
  let container = filled<Container>(given, {
    resources: {},
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
    imagePullPolicy: pullPolicyOf(given.image),
  });
  container = changed(container, 'resources', canonicalResources);
  container = changed(container, 'ports', (ports) => mapped(ports, (port) => filled<ContainerPort>(port, { protocol: 'TCP' })));
  container = changed(container, 'env', (variables) => mapped(variables, defaultVariable));
  container = changed(container, 'livenessProbe', defaultProbe);
  container = changed(container, 'readinessProbe', defaultProbe);
  container = changed(container, 'startupProbe', defaultProbe);
  return changed(container, 'lifecycle', (lifecycle) =>
    changed(changed(lifecycle, 'postStart', defaultHandler), 'preStop', defaultHandler),
  );
}

/** `Always` for `latest` and for no tag at all. Models pkg/util/parsers/parsers.go. */
function pullPolicyOf(image: string | undefined): string {
  if (!image || image.includes('@')) return 'IfNotPresent';
  const tag = /:([^/:]+)$/.exec(image)?.[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}

function defaultVariable(variable: EnvVar): EnvVar {
  return changed(variable, 'valueFrom', (given) => {
    const source = changed(given, 'fieldRef', (reference) => filled(reference, { apiVersion: 'v1' }));
    const measured = changed(source, 'resourceFieldRef', (reference) => ({
      ...reference,
      divisor: canonicalQuantity(reference.divisor ?? '0'),
    }));
    return changed(measured, 'fileKeyRef', (reference) => filled(reference, { optional: false }));
  });
}

function defaultProbe(given: Probe): Probe {
  const probe = filled<Probe>(given, { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3 });
  return changed(defaultHandler(probe) as Probe, 'grpc', (grpc) => filled(grpc, { service: '' }));
}

function defaultHandler(handler: unknown): object {
  return changed(handler as Pick<Probe, 'httpGet'>, 'httpGet', (get) => filled(get, { path: '/', scheme: 'HTTP' }));
}

const canonicalList = (list: ResourceList): ResourceList => {
  let result = list;
  for (const name in list) {
    const given = list[name];
    const canonical = canonicalQuantity(given as string);
    if (canonical !== given) result = { ...result, [name]: canonical };
  }
  return result;
};

export const canonicalResources = (resources: ResourceRequirements): ResourceRequirements =>
  changed(changed(resources, 'requests', canonicalList), 'limits', canonicalList);

export { canonicalList };

// Volumes ------------------------------------------------------------------------------------------------------------

type Source = Readonly<Record<string, unknown>>;

const withMode = (source: Source): Source => withFieldVersions(filled<Source>(source, { defaultMode: DEFAULT_FILE_MODE }));

/** `items[].fieldRef` of the downward API name the version of the pod that they read. */
function withFieldVersions(source: Source): Source {
  return changed(source as { readonly items?: readonly Source[] }, 'items', (items) =>
    mapped(items, (item) =>
      changed(
        changed(item as { readonly fieldRef?: Source; readonly resourceFieldRef?: Source }, 'fieldRef', (reference) =>
          filled<Source>(reference, { apiVersion: 'v1' }),
        ),
        'resourceFieldRef',
        (reference) => ({ ...reference, divisor: canonicalQuantity((reference.divisor as string | undefined) ?? '0') }),
      ),
    ),
  ) as Source;
}

const projectedSource = (source: Source): Source =>
  changed(
    changed(source as { readonly serviceAccountToken?: Source; readonly downwardAPI?: Source }, 'serviceAccountToken', (token) =>
      filled<Source>(token, { expirationSeconds: TOKEN_EXPIRES_SECONDS }),
    ),
    'downwardAPI',
    withFieldVersions,
  ) as Source;

const claimTemplate = (source: Source): Source =>
  changed(source as { readonly volumeClaimTemplate?: { readonly spec?: Source } }, 'volumeClaimTemplate', (template) =>
    changed(filled<Source>(template, { metadata: {} }) as typeof template, 'spec', (spec) =>
      filled<Source>(spec, { volumeMode: 'Filesystem' }),
    ),
  ) as Source;

const sourceDefaults: Readonly<Record<string, (source: Source) => Source>> = {
  secret: withMode,
  configMap: withMode,
  downwardAPI: withMode,
  projected: (source) =>
    changed(withMode(source) as { readonly sources?: readonly Source[] }, 'sources', (sources) =>
      mapped(sources, projectedSource),
    ) as Source,
  hostPath: (source) => filled<Source>(source, { type: '' }),
  emptyDir: (source) =>
    changed(source as { readonly sizeLimit?: string | number }, 'sizeLimit', (limit) => canonicalQuantity(limit)) as Source,
  iscsi: (source) => filled<Source>(source, { iscsiInterface: 'default' }),
  rbd: (source) => filled<Source>(source, { pool: 'rbd', user: 'admin', keyring: '/etc/ceph/keyring' }),
  scaleIO: (source) => filled<Source>(source, { storageMode: 'ThinProvisioned', fsType: 'xfs' }),
  azureDisk: (source) => filled<Source>(source, { cachingMode: 'ReadWrite', kind: 'Shared', fsType: 'ext4', readOnly: false }),
  image: (source) => filled<Source>(source, { pullPolicy: pullPolicyOf(source.reference as string | undefined) }),
  ephemeral: claimTemplate,
};

function defaultVolume(given: Volume): Volume {
  const kind = Object.keys(given).find((key) => key !== 'name' && given[key] !== undefined);
  if (kind === undefined) return { ...given, emptyDir: {} };
  const fill = sourceDefaults[kind];
  return fill ? (changed(given as Record<string, Source> & Volume, kind, fill) as Volume) : given;
}
