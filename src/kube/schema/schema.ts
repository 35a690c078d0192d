// The shapes of Kubernetes' kinds, as generated: which fields a type has and what each holds. Those of kinds that not every world has
// come with a part of the program.
import { Late } from '../../base/late.ts';
import generated from './schema.generated.json' with { type: 'json' };

/** s string, i int32, l int64, d double, b bool, t time, T micro time, q quantity, x int or string, y bytes, S schema or bool, * anything; [ list of, { map of, @ type. */
export type FieldCode = string;
export type Fields = Readonly<Record<string, FieldCode>>;

export interface Schema {
  readonly kinds: Readonly<Record<string, string>>;
  readonly types: Readonly<Record<string, Fields>>;
}

const first: Schema = generated;
export const moreKinds = new Late<Schema>('kinds');

/** The type of a kind's objects, by `apps/v1/Deployment`; undefined for kinds whose shape is not known here. */
export function typeOfKind(apiVersion: string, kind: string): string | undefined {
  const name = `${apiVersion}/${kind}`;
  return first.kinds[name] ?? moreKinds.get().kinds[name];
}

export function fieldsOf(type: string): Fields {
  return first.types[type] ?? moreKinds.get().types[type] ?? {};
}

/** The type as Go names it: without the version and group that keep names apart here. */
export function goTypeName(type: string): string {
  return type.replace(/^(?:Core|Events|Resource|Discovery|Rbac|Flowcontrol|Storage|Admissionregistration)?V\d(?=[A-Z])/, '');
}
