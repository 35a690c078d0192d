// What a kind is: one record with its names, defaults, rules and `kubectl get` columns. The registry of all is kinds/index.ts.
import type { JsonSchema } from './custom/jsonSchema.ts';
import type { FieldError } from './errors.ts';
import type { KubeObject } from './meta.ts';

/** One column of `kubectl get`. `value` gets the moment of printing for ages. */
export interface Column<T extends KubeObject> {
  readonly name: string;
  /** Only with `-o wide`. */
  readonly wide?: boolean;
  value(object: T, nowMs: number): string;
}

/** An object as a server reads it. */
export interface Decoded<T extends KubeObject> {
  readonly object: T;
  /** Paths of fields that the kind does not have, in the order in which the server finds them. */
  readonly unknownFields: readonly string[];
}

/** Where objects keep their number of replicas, wanted and actual, as simple JSON paths. */
export interface ScalePaths {
  readonly specReplicasPath: string;
  readonly statusReplicasPath: string;
}

/** A version that objects are served in but not kept in; left out, the conversions change nothing but the apiVersion. */
export interface OtherVersion<T extends KubeObject = KubeObject> {
  readonly apiVersion: string;
  read?(kept: T): T;
  keep?(given: T): T;
  /** Its own rules for objects as they are kept, where it has any. */
  validate?(kept: T): readonly FieldError[];
  validateUpdate?(kept: T, old: T): readonly FieldError[];
}

/** What a server can do for objects that it answers instead of keeping them. */
export interface AnsweringServer {
  list(kind: string): readonly KubeObject[];
  /** Gives a pod to a node. */
  assign(namespace: string | undefined, pod: string, nodeName: string): void;
}

export interface Kind<T extends KubeObject = KubeObject> {
  readonly kind: T['kind'];
  /** `v1`, `apps/v1`. */
  readonly apiVersion: string;
  /** The other versions, of this group and of others, in which its objects are served. */
  readonly otherVersions?: readonly OtherVersion<T>[];
  /** Of a kind as one of its other versions has it: how objects are made of those that are kept. */
  read?(kept: T): T;
  /** And how they are kept. */
  keep?(given: T): T;
  readonly plural: string;
  readonly singular: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  /** Words that stand for several kinds: `kubectl get all`. */
  readonly categories?: readonly string[];
  /** Whether status is a subresource: create and update ignore it, updateStatus ignores the rest. */
  readonly hasStatus: boolean;
  /** False where metadata.generation is not kept (Event, Namespace…). */
  readonly hasGeneration: boolean;
  /** Where the scale subresource reads and writes; undefined for kinds without one. */
  readonly scale?: ScalePaths;
  /** Of custom kinds, whose shape the world itself holds: drops the fields that objects do not have. Others are read by the schema. */
  prune?(object: T): Decoded<T>;
  /** Fills in what was left out, as pkg/apis/<group>/v1/defaults.go does; returns a new object sharing what did not change. */
  defaults?(object: T): T;
  /** What the server sets or drops itself when an object is created (status phase, QoS class…): the strategy's PrepareForCreate. */
  prepareForCreate?(object: T): T;
  /** The same for update. */
  prepareForUpdate?(object: T, old: T): T;
  validate?(object: T): readonly FieldError[];
  validateUpdate?(object: T, old: T): readonly FieldError[];
  /** Whether new annotations make a new generation too; only Deployments are like that. */
  readonly isGenerationOfAnnotations?: boolean;
  /** How long the deletion of this object waits for somebody to confirm it; `requested` is what the caller asked for. Only pods wait. */
  graceSeconds?(object: T, requested: number | undefined): number;
  /** What an object becomes whose deletion waits for a controller that `spec` names; undefined where nothing is waited for. Only namespaces wait. */
  holdDeletion?(object: T): T | undefined;
  /** Finalizers that the first request to delete puts on. */
  readonly deletionFinalizers?: readonly string[];
  /** What happens to dependents when the caller says nothing; Background unless said. */
  readonly defaultPropagation?: 'Background' | 'Foreground' | 'Orphan';
  readonly columns: readonly Column<T>[];
  /** The value of a field that `--field-selector` may ask for, beside metadata.name and metadata.namespace; undefined for other fields. */
  fieldOf?(object: T, field: string): string | undefined;
  /** What can be done to objects of this kind; everything unless said. */
  readonly verbs?: readonly string[];
  /** Of kinds that are questions or orders: the object with its answer, which nobody keeps. */
  answer?(object: T, server: AnsweringServer): T;
  /** What the server warns of whenever objects of this kind are asked for. */
  readonly deprecation?: string;
  /** False for kinds that are accepted and kept, and that nothing acts on yet. */
  readonly isSimulated: boolean;
  /** Its definition is being deleted: nothing new is taken. */
  readonly isClosing?: boolean;
  /** The schema of a custom kind. */
  readonly schema?: JsonSchema;
}

/** Every record is a Kind of its own type of object; the registry gives it objects of just that kind. */
export const untyped = <T extends KubeObject>(kind: Kind<T>): Kind => kind as unknown as Kind;

/** Whether a CustomResourceDefinition made it. */
export const isCustom = ({ schema }: Kind): boolean => schema !== undefined;

/** `apps` of `apps/v1`; empty for the core group. */
export function groupOf(apiVersion: string): string {
  return apiVersion.includes('/') ? apiVersion.slice(0, apiVersion.indexOf('/')) : '';
}

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

/** What can be done to objects of the kind. */
export const verbsOf = ({ verbs = VERBS }: Pick<Kind, 'verbs'>): readonly string[] => verbs;

/** The value of a selectable field; undefined where objects of this kind cannot be chosen by it. */
export function fieldOf(kind: Kind, object: KubeObject, field: string): string | undefined {
  if (field === 'metadata.name') return object.metadata.name;
  if (field === 'metadata.namespace' && kind.namespaced) return object.metadata.namespace ?? '';
  return kind.fieldOf?.(object, field);
}

/** `deployments.apps`, `pods`: how error messages name a resource. */
export function resourceName(kind: Kind): string {
  const group = groupOf(kind.apiVersion);
  return group ? `${kind.plural}.${group}` : kind.plural;
}

/** `Deployment.apps`, `Pod`: how validation messages name a kind. */
export function qualifiedKind(kind: Kind): string {
  const group = groupOf(kind.apiVersion);
  return group ? `${kind.kind}.${group}` : kind.kind;
}
