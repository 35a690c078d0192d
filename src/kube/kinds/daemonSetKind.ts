// The kind DaemonSet: names, defaults, columns. Models pkg/apis/apps/v1/defaults.go and pkg/registry/apps/daemonset/strategy.go.
import { isEqual } from '../../base/equal.ts';
import type { Kind } from '../kind.ts';
import { formatLabels, formatSelector } from '../labels.ts';
import { setRules } from '../late.ts';
import { subdomainName, validateMeta, validateMetaUpdate } from '../validation/meta.ts';
import { ageColumn, nameColumn, templateColumns } from './columns.ts';
import type { DaemonSet } from './daemonSet.ts';
import { changed, filled } from './fill.ts';
import type { PodTemplateSpec } from './pod.ts';
import { defaultTemplate } from './podDefaults.ts';

type DaemonSetSpec = DaemonSet['spec'];
type Strategy = DaemonSetSpec['updateStrategy'];

/** How many templates the set has had; its pods bear the number as a label. */
export const TEMPLATE_GENERATION = 'deprecated.daemonset.template.generation';

const REVISIONS_KEPT = 10;
const META = { namespaced: true, name: subdomainName };
const UNSEEN = { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 };

type Count = 'desiredNumberScheduled' | 'currentNumberScheduled' | 'numberReady' | 'updatedNumberScheduled' | 'numberAvailable';
const countColumn = (name: string, field: Count) => ({ name, value: ({ status }: DaemonSet) => String(status?.[field] ?? 0) });

export const daemonSetKind: Kind<DaemonSet> = {
  kind: 'DaemonSet',
  apiVersion: 'apps/v1',
  plural: 'daemonsets',
  singular: 'daemonset',
  shortNames: ['ds'],
  namespaced: true,
  categories: ['all'],
  hasStatus: true,
  hasGeneration: true,
  isSimulated: true,
  defaults: (set) => changed(set.spec ? set : { ...set, spec: {} as DaemonSetSpec }, 'spec', defaultSpec),
  prepareForCreate: (set) => ({ ...withGeneration(set, 1), status: UNSEEN }),
  prepareForUpdate(set, old) {
    const generation = Number(old.metadata.annotations?.[TEMPLATE_GENERATION] ?? 1);
    return withGeneration(set, isEqual(set.spec.template, old.spec.template) ? generation : generation + 1);
  },
  validate: (set) => [...validateMeta(set.metadata, META), ...setRules.get().validateDaemonSet(set)],
  validateUpdate: (set, old) => [...validateMetaUpdate(set, old), ...setRules.get().validateDaemonSetUpdate(set, old)],
  columns: [
    nameColumn,
    countColumn('Desired', 'desiredNumberScheduled'),
    countColumn('Current', 'currentNumberScheduled'),
    countColumn('Ready', 'numberReady'),
    countColumn('Up-to-date', 'updatedNumberScheduled'),
    countColumn('Available', 'numberAvailable'),
    { name: 'Node Selector', value: ({ spec }) => formatLabels(spec.template.spec.nodeSelector) },
    ageColumn,
    ...templateColumns<DaemonSet>(
      ({ spec }) => spec.template,
      ({ spec }) => formatSelector(spec.selector),
    ),
  ],
};

function defaultSpec(given: DaemonSetSpec): DaemonSetSpec {
  const spec = filled<DaemonSetSpec>(given, {
    template: {} as PodTemplateSpec,
    updateStrategy: {} as Strategy,
    revisionHistoryLimit: REVISIONS_KEPT,
  });
  return changed(changed(spec, 'template', defaultTemplate), 'updateStrategy', defaultStrategy);
}

function defaultStrategy(given: Strategy): Strategy {
  const strategy = filled<Strategy>(given, { type: 'RollingUpdate' });
  if (strategy.type !== 'RollingUpdate') return strategy;
  return changed(filled<Strategy>(strategy, { rollingUpdate: {} }), 'rollingUpdate', (update) =>
    filled(update, { maxUnavailable: 1, maxSurge: 0 }),
  );
}

function withGeneration(set: DaemonSet, generation: number): DaemonSet {
  const { annotations } = set.metadata;
  if (annotations?.[TEMPLATE_GENERATION] === String(generation)) return set;
  return { ...set, metadata: { ...set.metadata, annotations: { ...annotations, [TEMPLATE_GENERATION]: String(generation) } } };
}
