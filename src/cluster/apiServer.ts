// The API server: the only door to the objects of the world, and the only place where controllers, scheduler and kubelets meet.
// Every request to write is defaulted, admitted and checked here before it goes into the store.
// Models staging/src/k8s.io/apiserver/pkg/registry/generic/registry/store.go and registry/rest/{create,update,delete}.go.
// Leaves out: watch bookmarks, storage versions.
import { isEqual } from '../base/equal.ts';
import { withFields } from '../base/withFields.ts';
import { kindsOf } from '../kube/custom/served.ts';
import { ApiError, type FieldError, NOT_ALLOWED } from '../kube/errors.ts';
import { type Kind, qualifiedKind, resourceName } from '../kube/kind.ts';
import { builtInKinds } from '../kube/kinds/builtIn.ts';
import type { Pod } from '../kube/kinds/pod.ts';
import type { KindTable } from '../kube/kindTable.ts';
import { fieldManagers } from '../kube/late.ts';
import { type KubeObject, keyOf, tableOf, toTimestamp } from '../kube/meta.ts';
import { applyPatch, type PatchType } from '../kube/patch.ts';
import { type Admission, pluginsFor } from './admission/admission.ts';
import { admissions } from './admission/index.ts';
import { type DeleteOptions, markDeleted } from './deletion.ts';
import { ObjectStore } from './objectStore.ts';
import type { WriteOptions } from './writeOptions.ts';

/** The patches that objects of custom kinds take: their lists have no keys. */
const MERGES_ONLY =
  'the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml';

/** Everything a controller, the scheduler or a kubelet may ask of the server. */
export class ApiServer extends ObjectStore {
  private readonly admissionsOfKind = new Map<string, readonly Admission[]>();
  private warnings: string[] = [];

  /** Tells a person something beside the answer; nobody else reads it. */
  warn(text: string): void {
    if (this.actor === 'user') this.warnings.push(text);
  }

  /** What a person was told since this was last asked. */
  takeWarnings(): readonly string[] {
    const { warnings } = this;
    if (warnings.length > 0) this.warnings = [];
    return warnings;
  }

  /** The kinds that are served: those built in, and what CustomResourceDefinitions add. */
  get kinds(): KindTable {
    return this.count('CustomResourceDefinition') === 0 ? builtInKinds : kindsOf(this);
  }

  /** Creates an object and returns it as stored. Throws AlreadyExists, Invalid, NotFound (namespace), Forbidden. */
  create<T extends KubeObject>(given: T, options: WriteOptions = {}): T {
    const kind = this.kindOf(given);
    if (kind.answer) {
      this.refuseInvalid(kind, given.metadata.name, kind.validate?.(given) ?? []);
      return kind.answer(given, this) as T;
    }
    if (kind.verbs && !kind.verbs.includes('create')) throw new ApiError('MethodNotAllowed', NOT_ALLOWED);
    if (kind.isClosing) throw new ApiError('MethodNotAllowed', 'create not allowed while custom resource definition is terminating');
    let object = this.withCreationMeta(given, kind);
    if (object.metadata.managedFields && !options.isApply)
      object = { ...object, metadata: { ...object.metadata, managedFields: undefined } };
    object = (kind.defaults?.(object) ?? object) as T;
    let { trusted = false } = options;
    for (const admission of this.admissionsFor(kind)) {
      const admitted = (admission.create?.(object, this) ?? object) as T;
      if (admission.mayInvalidate && admitted !== object) trusted = false;
      object = admitted;
    }
    object = (kind.prepareForCreate?.(object) ?? object) as T;
    if (!trusted) this.refuseInvalid(kind, object.metadata.name, (options.asked ?? kind).validate?.(object) ?? []);
    const charges = this.chargesOf(kind, object, undefined, options);
    const key = keyOf(object);
    if (this.history.get(tableOf(object), key)) {
      throw new ApiError('AlreadyExists', `${resourceName(kind)} "${object.metadata.name}" already exists`);
    }
    if (options.dryRun) return object;
    this.charge(charges);
    return this.store('create', key, object) as T;
  }

  /** Replaces an object, status apart. A given resourceVersion must be the stored one. Returns what is stored, unchanged if nothing differs. */
  update<T extends KubeObject>(given: T, options: WriteOptions = {}): T {
    const { kind, old } = this.existing<T>(given);
    let object: T = { ...given, metadata: { ...given.metadata, ...keptMeta(old) } };
    if (kind.hasStatus) object = { ...object, status: old.status };
    object = (kind.defaults?.(object) ?? object) as T;
    object = (kind.prepareForUpdate?.(object, old) ?? object) as T;
    for (const admission of this.admissionsFor(kind)) object = (admission.update?.(object, old, this) ?? object) as T;
    if (!options.trusted) {
      const { validate, validateUpdate } = options.asked ?? kind;
      this.refuseInvalid(kind, object.metadata.name, validateUpdate?.(object, old) ?? validate?.(object) ?? []);
    }
    const charges = this.chargesOf(kind, object, old, options);
    const isAnnotatedAnew = kind.isGenerationOfAnnotations && !isEqual(object.metadata.annotations ?? {}, old.metadata.annotations ?? {});
    if (kind.hasGeneration && (isAnnotatedAnew || !isEqual(specOf(object, kind), specOf(old, kind)))) {
      object = { ...object, metadata: { ...object.metadata, generation: (old.metadata.generation ?? 0) + 1 } };
    }
    if (old.metadata.managedFields || object.metadata.managedFields) object = this.withManagers(object, old, options);
    if (options.dryRun) return object;
    this.charge(charges);
    return this.replace('update', object, old);
  }

  /** Writes down whose the changed fields are from now on, in an object that keeps that; an apply has done so itself. */
  private withManagers<T extends KubeObject>(object: T, old: T, { fieldManager, isApply }: WriteOptions): T {
    if (isApply) return object;
    const manager = fieldManager ?? (this.actor.endsWith('-controller') ? 'kube-controller-manager' : this.actor);
    return {
      ...object,
      metadata: { ...object.metadata, managedFields: fieldManagers.get().managersAfterUpdate(object, old, manager, this.nowMs) },
    };
  }

  /** Replaces the status of an object, and its annotations, which the status strategies let through; nothing else. */
  updateStatus<T extends KubeObject>(given: T): T {
    const { old } = this.existing<T>(given);
    const { annotations } = given.metadata;
    const isAnnotatedAnew = annotations !== old.metadata.annotations && !isEqual(annotations, old.metadata.annotations);
    if (!isAnnotatedAnew && isEqual(given.status, old.status)) return old;
    const metadata = isAnnotatedAnew ? { ...old.metadata, annotations } : { ...old.metadata };
    return this.store('updateStatus', keyOf(old), { ...old, metadata, status: given.status }) as T;
  }

  /** Changes an object by a JSON, merge or strategic merge patch; `subresource: 'status'` changes only its status. */
  patch<T extends KubeObject>(
    kindName: T['kind'],
    namespace: string | undefined,
    name: string,
    patch: unknown,
    type: PatchType,
    options: WriteOptions & { readonly strict?: boolean } = {},
  ): T {
    const old = this.mustGet<T>(kindName, namespace, name);
    const kind = this.kindOf(old);
    if (kind.prune && type === 'strategic') throw new ApiError('UnsupportedMediaType', MERGES_ONLY);
    const patched = applyPatch((options.asked?.read?.(old) ?? old) as T, patch, type, {
      strict: options.strict ?? false,
      kinds: this.kinds,
    });
    if (options.subresource !== 'status') return this.update(patched, options);
    if (!kind.hasStatus) throw new ApiError('NotFound', 'the server could not find the requested resource');
    // What controllers write is right; what a person writes is looked at where the kind has a schema for it.
    if (kind.prune) this.refuseInvalid(kind, name, kind.validate?.({ ...old, status: patched.status }) ?? []);
    return this.updateStatus(patched);
  }

  /** Binds a pod to a node, once. Models pkg/registry/core/pod/storage/storage.go BindingREST. */
  bind(pod: Pod, nodeName: string): Pod {
    const old = this.mustGet<Pod>('Pod', pod.metadata.namespace, pod.metadata.name);
    if (old.metadata.uid !== pod.metadata.uid || old.metadata.deletionTimestamp) {
      throw new ApiError('Conflict', `pod ${old.metadata.name} is being deleted, cannot be assigned to a host`);
    }
    if (old.spec.nodeName) throw new ApiError('Conflict', `pod ${old.metadata.name} is already assigned to node "${old.spec.nodeName}"`);
    const conditions = (old.status.conditions ?? []).filter((condition) => condition.type !== 'PodScheduled');
    const scheduled = {
      type: 'PodScheduled',
      status: 'True',
      lastProbeTime: null,
      lastTransitionTime: toTimestamp(this.nowMs),
      observedGeneration: old.metadata.generation ?? 1,
    } as const;
    // Bound, a pod waits for no other node any more, and carries the zone of its own (plugin/pkg/admission/podtopologylabels).
    const { nominatedNodeName: _promised, ...status } = old.status;
    const topology = topologyLabelsOf(this.get('Node', undefined, nodeName));
    const metadata = topology ? { ...old.metadata, labels: { ...old.metadata.labels, ...topology } } : old.metadata;
    const spec = withFields(old.spec, { nodeName });
    return this.replace('bind', { ...old, metadata, spec, status: withFields(status, { conditions: [...conditions, scheduled] }) }, old);
  }

  assign(namespace: string | undefined, pod: string, nodeName: string): void {
    this.bind(this.mustGet<Pod>('Pod', namespace, pod), nodeName);
  }

  /** Lets go of a namespace that is being deleted: once nothing holds it any more it is gone. */
  finalize<T extends KubeObject & { readonly spec: { readonly finalizers?: readonly string[] } }>(given: T): void {
    const { old } = this.existing<T>(given);
    this.replace('finalize', { ...old, spec: { ...old.spec, finalizers: given.spec.finalizers } } as T, old);
  }

  /** Deletes an object, or marks it as being deleted where grace or finalizers hold it. Returns what is left, or what it was. */
  delete<T extends KubeObject>(kindName: T['kind'], namespace: string | undefined, name: string, options: DeleteOptions = {}): T {
    const old = this.mustGet<T>(kindName, namespace, name);
    const kind = this.kindOf(old);
    const { uid, resourceVersion } = options.preconditions ?? {};
    refuseOtherUid(kind, old, uid);
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
      throw new ApiError(
        'Conflict',
        conflictText(
          kind,
          name,
          `Precondition failed: ResourceVersion in precondition: ${resourceVersion}, ResourceVersion in object meta: ${old.metadata.resourceVersion}`,
        ),
      );
    }
    for (const admission of this.admissionsFor(kind)) admission.delete?.(old, this);
    if (options.dryRun) return old;
    const left = markDeleted(old, kind, options, this.nowMs);
    return left ? this.replace('delete', left, old) : this.remove(old);
  }

  // Inside -----------------------------------------------------------------------------------------------------------

  mustGet<T extends KubeObject>(kindName: T['kind'], namespace: string | undefined, name: string): T {
    const object = this.get<T>(kindName, namespace, name);
    if (!object) {
      const kind = this.kinds.find(kindName);
      throw new ApiError('NotFound', `${kind ? resourceName(kind) : kindName} "${name}" not found`);
    }
    return object;
  }

  private kindOf(object: KubeObject): Kind {
    const kind = builtInKinds.find(tableOf(object)) ?? this.kinds.find(tableOf(object));
    if (!kind) throw new ApiError('NotFound', 'the server could not find the requested resource');
    return kind;
  }

  private admissionsFor(kind: Kind): readonly Admission[] {
    const table = tableOf(kind);
    let found = this.admissionsOfKind.get(table);
    if (!found) {
      found = pluginsFor(table, admissions);
      this.admissionsOfKind.set(table, found);
    }
    return found;
  }

  /** The last word of the admission plugins: refuses, or says what must be written down with the object. */
  private chargesOf(kind: Kind, object: KubeObject, old: KubeObject | undefined, options: WriteOptions): readonly KubeObject[] {
    let charges: KubeObject[] | undefined;
    for (const admission of this.admissionsFor(kind)) {
      const added = admission.validate?.(object, old, this, options);
      if (added && added.length > 0) charges = [...(charges ?? []), ...added];
    }
    return charges ?? [];
  }

  private charge(charges: readonly KubeObject[]): void {
    if (charges.length > 0) this.act('apiserver', this.cause, () => charges.forEach((charged) => this.updateStatus(charged)));
  }

  private existing<T extends KubeObject>(given: T): { kind: Kind; old: T } {
    const { name, namespace, resourceVersion, uid } = given.metadata;
    const kind = this.kindOf(given);
    const old = this.mustGet<T>(tableOf(given), namespace, name);
    refuseOtherUid(kind, old, uid);
    if (resourceVersion !== undefined && resourceVersion !== old.metadata.resourceVersion) {
      throw new ApiError(
        'Conflict',
        conflictText(kind, name, 'the object has been modified; please apply your changes to the latest version and try again'),
      );
    }
    return { kind, old };
  }

  private withCreationMeta<T extends KubeObject>(given: T, kind: Kind): T {
    const { metadata } = given;
    const name = metadata.name || `${metadata.generateName ?? ''}${metadata.generateName ? this.sim.random('names').letters(5) : ''}`;
    const namespace = kind.namespaced ? (metadata.namespace ?? 'default') : undefined;
    return {
      ...given,
      metadata: {
        ...metadata,
        name,
        ...(namespace ? { namespace } : {}),
        uid: this.nextUid(),
        // Its place, filled when it is stored: a property added later would cost memory in every object.
        resourceVersion: undefined,
        creationTimestamp: toTimestamp(this.nowMs),
        ...(kind.hasGeneration ? { generation: 1 } : {}),
      },
    };
  }

  private refuseInvalid(kind: Kind, name: string, errors: readonly FieldError[]): void {
    if (errors.length === 0) return;
    const texts = errors.map((error) => `${error.field}: ${error.text}`);
    const list = texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`;
    throw new ApiError('Invalid', `${qualifiedKind(kind)} "${name}" is invalid: ${list}`, { causes: errors });
  }

  private replace<T extends KubeObject>(verb: string, object: T, old: T): T {
    if (object.metadata.deletionTimestamp && !object.metadata.finalizers?.length && !this.isHeldByGrace(object)) return this.remove(object);
    if (isEqual(object, old)) return old;
    return this.store(verb, keyOf(object), { ...object, metadata: { ...object.metadata } }) as T;
  }

  private isHeldByGrace(object: KubeObject): boolean {
    return (object.metadata.deletionGracePeriodSeconds ?? 0) > 0 || this.kindOf(object).holdDeletion?.(object) !== undefined;
  }
}

function refuseOtherUid(kind: Kind, { metadata }: KubeObject, uid: string | undefined): void {
  if (uid === undefined || uid === metadata.uid) return;
  const text = `Precondition failed: UID in precondition: ${uid}, UID in object meta: ${metadata.uid}`;
  throw new ApiError('Conflict', conflictText(kind, metadata.name, text));
}

const TOPOLOGY_LABELS = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/** The labels that a pod takes over from its node; undefined when there are none. */
function topologyLabelsOf(node: KubeObject | undefined): Record<string, string> | undefined {
  let labels: Record<string, string> | undefined;
  for (const key of TOPOLOGY_LABELS) {
    const value = node?.metadata.labels?.[key];
    if (value !== undefined) labels = { ...labels, [key]: value };
  }
  return labels;
}

/** What an update may not touch: the server keeps it. */
function keptMeta(old: KubeObject) {
  const { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, resourceVersion, generateName } = old.metadata;
  return { uid, creationTimestamp, deletionTimestamp, deletionGracePeriodSeconds, generation, resourceVersion, generateName };
}

/** Everything whose change makes a new generation: all but metadata, and status where that is a subresource. */
function specOf({ metadata: _metadata, status, ...rest }: KubeObject, { hasStatus }: Kind): unknown {
  return hasStatus || status === undefined ? rest : { ...rest, status };
}

function conflictText(kind: Kind, name: string, text: string): string {
  return `Operation cannot be fulfilled on ${resourceName(kind)} "${name}": ${text}`;
}
