// The kinds of one world: those built in, and those that its CustomResourceDefinitions have made. They follow from the objects that
// stand in the world, so a moment of the past, a fork and a share link have those of that moment.
import { groupOf, type Kind } from '../kind.ts';
import { builtInKinds } from '../kinds/builtIn.ts';
import type { KindTable } from '../kindTable.ts';
import { customKinds } from '../late.ts';
import type { KubeObject } from '../meta.ts';
import { type CustomResourceDefinition, hasCondition } from './definition.ts';

/** What can list its objects: a snapshot, or the server. */
interface World {
  list(kind: string): readonly KubeObject[];
}

let last: { readonly definitions: readonly KubeObject[]; readonly table: KindTable } = { definitions: [], table: builtInKinds };

/** The kinds that the world serves. */
export function kindsOf(world: World): KindTable {
  const definitions = world.list('CustomResourceDefinition');
  const isSame = definitions.length === last.definitions.length && definitions.every((each, i) => each === last.definitions[i]);
  if (!isSame) last = { definitions, table: tableOf(definitions as readonly CustomResourceDefinition[]) };
  return last.table;
}

function tableOf(definitions: readonly CustomResourceDefinition[]): KindTable {
  const custom = definitions
    .filter((each) => hasCondition(each, 'Established'))
    .map((definition) => customKinds.get().customKind(definition))
    .filter((kind): kind is Kind => kind !== undefined);
  return custom.length === 0
    ? builtInKinds
    : builtInKinds.with(custom.sort((a, b) => (groupOf(a.apiVersion) < groupOf(b.apiVersion) ? -1 : 1)));
}
