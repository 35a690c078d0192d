// The kind Node: its names and columns. Models pkg/registry/core/node/strategy.go.
import type { Kind } from '../kind.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { validateTaints } from '../validation/scheduling.ts';
import { ageColumn, nameColumn, orNone } from './columns.ts';
import { changed } from './fill.ts';
import type { Node } from './node.ts';
import { canonicalList } from './podDefaults.ts';

const META = { namespaced: false, name: subdomainName };
const ROLE_PREFIX = 'node-role.kubernetes.io/';

export const nodeKind: Kind<Node> = {
  kind: 'Node',
  apiVersion: 'v1',
  plural: 'nodes',
  singular: 'node',
  shortNames: ['no'],
  namespaced: false,
  hasStatus: true,
  hasGeneration: false,
  isSimulated: true,
  defaults(node) {
    const withSpec = { ...node, spec: node.spec ?? {}, status: node.status ?? {} };
    return changed(withSpec, 'status', (status) => {
      const whole = status.allocatable || !status.capacity ? status : { ...status, allocatable: status.capacity };
      return changed(changed(whole, 'capacity', canonicalList), 'allocatable', canonicalList);
    });
  },
  validate: (node) => [...validateMeta(node.metadata, META), ...validateTaints(node.spec.taints, 'spec.taints')],
  validateUpdate: (node, old) => [...validateMetaUpdate(node, old), ...validateTaints(node.spec.taints, 'spec.taints')],
  columns: [
    nameColumn,
    { name: 'Status', value: nodeStatusText },
    { name: 'Roles', value: nodeRolesText },
    ageColumn,
    { name: 'Version', value: ({ status }) => status?.nodeInfo?.kubeletVersion ?? '' },
    { name: 'Internal-IP', wide: true, value: (node) => addressOf(node, 'InternalIP') },
    { name: 'External-IP', wide: true, value: (node) => addressOf(node, 'ExternalIP') },
    { name: 'OS-Image', wide: true, value: ({ status }) => status?.nodeInfo?.osImage || '<unknown>' },
    { name: 'Kernel-Version', wide: true, value: kernelText },
    { name: 'Container-Runtime', wide: true, value: ({ status }) => status?.nodeInfo?.containerRuntimeVersion || '<unknown>' },
  ],
  fieldOf: ({ spec }, field) => (field === 'spec.unschedulable' ? String(spec.unschedulable ?? false) : undefined),
};

/** The words of the STATUS column, e.g. `NotReady,SchedulingDisabled`. */
export function nodeStatusText({ spec, status }: Node): string {
  const ready = status?.conditions?.find(({ type }) => type === 'Ready');
  const word = ready === undefined ? 'Unknown' : ready.status === 'True' ? 'Ready' : 'NotReady';
  return spec?.unschedulable ? `${word},SchedulingDisabled` : word;
}

/** The roles that a node's labels give it, or `<none>`. */
export function nodeRolesText({ metadata }: Node): string {
  const roles = new Set<string>();
  for (const [key, value] of Object.entries(metadata.labels ?? {})) {
    if (key.startsWith(ROLE_PREFIX) && key.length > ROLE_PREFIX.length) roles.add(key.slice(ROLE_PREFIX.length));
    else if (key === 'kubernetes.io/role' && value !== '') roles.add(value);
  }
  return orNone([...roles].sort().join(','));
}

function addressOf({ status }: Node, type: string): string {
  return orNone(status?.addresses?.find((address) => address.type === type)?.address);
}

function kernelText({ status }: Node): string {
  const { kernelVersion, architecture } = status?.nodeInfo ?? {};
  if (!kernelVersion) return '<unknown>';
  return architecture ? `${kernelVersion} (${architecture})` : kernelVersion;
}
