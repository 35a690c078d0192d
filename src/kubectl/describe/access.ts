// kubectl describe of ServiceAccount, Role, ClusterRole and their bindings. Models kubectl/pkg/describe/describe.go
// describeServiceAccount, RoleDescriber, RoleBindingDescriber, and component-helpers/auth/rbac (BreakdownRule, CompactRules).
import type { KubeObject } from '../../kube/meta.ts';
import { describeEvents } from './events.ts';
import { byText, type Page, type Surroundings } from './page.ts';

interface ServiceAccount extends KubeObject {
  readonly imagePullSecrets?: readonly { readonly name?: string }[];
}

export function describeServiceAccount(account: ServiceAccount, page: Page, around: Surroundings): void {
  page.field(0, 'Name', account.metadata.name);
  page.field(0, 'Namespace', account.metadata.namespace ?? '');
  page.labels('Labels', account.metadata.labels);
  page.annotations('Annotations', account.metadata.annotations);
  page.lines(
    'Image pull secrets',
    (account.imagePullSecrets ?? []).map(({ name }) => name ?? ''),
  );
  describeEvents(account, page, around);
}

interface PolicyRule {
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
  readonly verbs?: readonly string[];
}

interface Role extends KubeObject {
  readonly rules?: readonly PolicyRule[];
}

export function describeRole({ metadata, rules }: Role, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.line(0, 'PolicyRule:');
  page.line(1, 'Resources\tNon-Resource URLs\tResource Names\tVerbs');
  page.line(1, '---------\t-----------------\t--------------\t-----');
  for (const row of compact((rules ?? []).flatMap(breakdown)).sort(byText(sortTextOf))) {
    page.line(1, `${row.resource}\t[${row.url}]\t[${row.name}]\t[${row.verbs.join(' ')}]`);
  }
}

/** A rule about one resource or address, by one name if any. */
interface Row {
  readonly group: string;
  readonly resource: string;
  readonly name: string;
  readonly url: string;
  readonly verbs: readonly string[];
}

/** One row for each group, resource and name that a rule is about. */
function breakdown({ apiGroups = [], resources = [], resourceNames = [], nonResourceURLs = [], verbs = [] }: PolicyRule): Row[] {
  const names = resourceNames.length > 0 ? resourceNames : [''];
  const rows = apiGroups.flatMap((group) =>
    resources.flatMap((resource) => names.map((name) => ({ group, resource: combined(resource, group), name, url: '', verbs }))),
  );
  return [...rows, ...nonResourceURLs.map((url) => ({ group: '', resource: '', name: '', url, verbs }))];
}

/** `deployments.apps/scale` of `deployments/scale` in the group `apps`. */
function combined(resource: string, group: string): string {
  const [plural = '', ...rest] = resource.split('/');
  return `${plural}${group ? `.${group}` : ''}${rest.length > 0 ? `/${rest.join('/')}` : ''}`;
}

/** Rows that differ in their verbs alone become one. */
function compact(rows: readonly Row[]): Row[] {
  const byPlace = new Map<string, Row>();
  for (const row of rows) {
    const place = `${row.resource} ${row.name} ${row.url}`;
    const known = byPlace.get(place);
    byPlace.set(place, known ? { ...known, verbs: [...known.verbs, ...row.verbs] } : row);
  }
  return [...byPlace.values()];
}

/** As Go prints the rule: the order of the rows. */
function sortTextOf({ group, resource, name, url, verbs }: Row): string {
  const plural = resource.replace(`.${group}`, '');
  return `Verbs:[${verbs.join(' ')}],APIGroups:[${group}],Resources:[${plural}],ResourceNames:[${name}],NonResourceURLs:[${url}]`;
}

interface Binding extends KubeObject {
  readonly roleRef?: { readonly kind?: string; readonly name?: string };
  readonly subjects?: readonly { readonly kind?: string; readonly name?: string; readonly namespace?: string }[];
}

export function describeBinding({ metadata, roleRef, subjects }: Binding, page: Page): void {
  page.field(0, 'Name', metadata.name);
  page.labels('Labels', metadata.labels);
  page.annotations('Annotations', metadata.annotations);
  page.line(0, 'Role:');
  page.field(1, 'Kind', roleRef?.kind ?? '');
  page.field(1, 'Name', roleRef?.name ?? '');
  page.line(0, 'Subjects:');
  page.line(1, 'Kind\tName\tNamespace');
  page.line(1, '----\t----\t---------');
  for (const { kind = '', name = '', namespace = '' } of subjects ?? []) page.line(1, `${kind}\t${name}\t${namespace}`);
}
