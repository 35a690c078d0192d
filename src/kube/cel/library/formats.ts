// Rules for names by their own name: `format.dns1123Label().validate(self)`. Models apiserver/pkg/cel/library/format.go.
import { isDns1035Label, isDns1123Label, isDns1123Subdomain, isLabelValue, isQualifiedName, type NameRule } from '../../names.ts';
import { type Library, overloads } from '../overload.ts';
import { NONE, Opaque, some } from '../value.ts';

const RULES: Readonly<Record<string, NameRule>> = {
  dns1123Label: isDns1123Label,
  dns1123Subdomain: isDns1123Subdomain,
  dns1035Label: isDns1035Label,
  qualifiedName: isQualifiedName,
  labelValue: isLabelValue,
};

const named = (name: string): Opaque => new Opaque('kubernetes.NamedFormat', name);

function validate(format: Opaque, text: string): Opaque {
  const problems = RULES[format.value as string]?.(text) ?? [];
  return problems.length === 0 ? NONE : some(problems);
}

export const formats: Library = {
  ...Object.fromEntries(Object.keys(RULES).map((name) => [`format.${name}`, overloads(['() NamedFormat', () => named(name)])])),
  'format.named': overloads([
    '(string) optional_type(NamedFormat)',
    (name: string) => (Object.hasOwn(RULES, name) ? some(named(name)) : NONE),
  ]),
  validate: overloads(['NamedFormat.(string) optional_type(list(string))', validate]),
};
