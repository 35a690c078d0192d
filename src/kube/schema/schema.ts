// The shapes of Kubernetes' kinds, as generated: which fields a type has and what each holds.
import generated from './schema.generated.json' with { type: 'json' };

/** s string, i int32, l int64, d double, b bool, t time, T micro time, q quantity, x int or string, y bytes, S schema or bool, * anything; [ list of, { map of, @ type. */
export type FieldCode = string;
export type Fields = Readonly<Record<string, FieldCode>>;

const types: Readonly<Record<string, Fields>> = generated.types;
const kinds: Readonly<Record<string, string>> = generated.kinds;

/** The type of a kind's objects, by `apps/v1/Deployment`; undefined for kinds whose shape is not known here. */
export function typeOfKind(apiVersion: string, kind: string): string | undefined {
  return kinds[`${apiVersion}/${kind}`];
}

export function fieldsOf(type: string): Fields {
  return types[type] ?? {};
}

/** The type as Go names it: without the version and group that keep names apart here. */
export function goTypeName(type: string): string {
  return type.replace(/^(?:Core|Events|Resource|Discovery|Rbac|Flowcontrol|Storage|Admissionregistration)?V\d(?=[A-Z])/, '');
}
