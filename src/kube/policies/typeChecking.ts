// What the expressions of a policy would get wrong of the kinds that it matches: status.typeChecking.
// Models apiserver/pkg/admission/plugin/policy/validating/typechecking.go. Custom kinds are not looked at.
import { CelMistake, compileCel } from '../cel/compile.ts';
import { BOOL, BYTES, type CelType, DOUBLE, DYN, INT, listOf, mapOf, STRING, TIMESTAMP } from '../cel/types.ts';
import { groupOf, type Kind } from '../kind.ts';
import { type FieldCode, fieldsOf, typeOfKind } from '../schema/schema.ts';
import type { ExpressionWarning, ValidatingPolicy } from './policy.ts';
import { scopeOfPolicy } from './scope.ts';

const KINDS_MAX = 10;

export function expressionWarnings({ spec }: ValidatingPolicy, kinds: readonly Kind[]): ExpressionWarning[] {
  const checked = kindsToCheck(spec.matchConstraints?.resourceRules ?? [], kinds);
  const params = spec.paramKind && typeOfObject(spec.paramKind.apiVersion, spec.paramKind.kind);
  const scopes = checked.map(({ apiVersion, kind }) => ({
    place: `${groupOf(apiVersion) ? apiVersion : `/${apiVersion}`}, Kind=${kind}`,
    scope: scopeOfPolicy(spec, { object: typeOfObject(apiVersion, kind) ?? DYN, ...(params ? { params } : {}) }),
  }));
  const warningsOf = (fieldRef: string, expression: string | undefined): ExpressionWarning[] => {
    if (!expression) return [];
    const told = scopes.flatMap(({ place, scope }) => {
      const mistake = mistakeOf(expression, scope);
      return mistake === undefined ? [] : [`${place}: ${mistake}\n`];
    });
    return told.length === 0 ? [] : [{ fieldRef, warning: told.join('\n') }];
  };
  return (spec.validations ?? []).flatMap(({ expression, messageExpression }, i) => [
    ...warningsOf(`spec.validations[${i}].expression`, expression),
    ...warningsOf(`spec.validations[${i}].messageExpression`, messageExpression),
  ]);
}

function mistakeOf(expression: string, scope: ReturnType<typeof scopeOfPolicy>): string | undefined {
  try {
    compileCel(expression, scope);
    return undefined;
  } catch (error) {
    if (error instanceof CelMistake) return error.message;
    throw error;
  }
}

type Rules = NonNullable<NonNullable<ValidatingPolicy['spec']['matchConstraints']>['resourceRules']>;

/** The kinds that rules without wildcards name, in the order of group, version and kind. */
function kindsToCheck(rules: Rules, kinds: readonly Kind[]): { readonly apiVersion: string; readonly kind: string }[] {
  const found = new Map<string, { readonly apiVersion: string; readonly kind: string }>();
  for (const { apiGroups = [], apiVersions = [], resources = [] } of rules) {
    if ([...apiGroups, ...apiVersions].some((word) => word.includes('*'))) continue;
    for (const group of apiGroups)
      for (const version of apiVersions)
        for (const kind of kinds) {
          const apiVersion = group === '' ? version : `${group}/${version}`;
          const isNamed = resources.includes(kind.plural) && groupOf(kind.apiVersion) === group;
          if (isNamed && typeOfKind(apiVersion, kind.kind)) found.set(`${group} ${version} ${kind.kind}`, { apiVersion, kind: kind.kind });
        }
  }
  return [...found.keys()]
    .sort()
    .slice(0, KINDS_MAX)
    .flatMap((key) => found.get(key) ?? []);
}

function typeOfObject(apiVersion: string, kind: string): CelType | undefined {
  const type = typeOfKind(apiVersion, kind);
  return type === undefined ? undefined : structOf(type);
}

const structOf = (type: string): CelType => {
  const fields = fieldsOf(type);
  return {
    kind: 'object',
    name: type,
    fieldOf: (name) => (Object.hasOwn(fields, name) ? typeOfCode(fields[name] as FieldCode) : undefined),
  };
};

const CODES: Readonly<Record<string, CelType>> = {
  s: STRING,
  q: STRING,
  i: INT,
  l: INT,
  d: DOUBLE,
  b: BOOL,
  t: TIMESTAMP,
  T: TIMESTAMP,
  y: BYTES,
};

function typeOfCode(code: FieldCode): CelType {
  if (code.startsWith('[')) return listOf(typeOfCode(code.slice(1)));
  if (code.startsWith('{')) return mapOf(STRING, typeOfCode(code.slice(1)));
  return code.startsWith('@') ? structOf(code.slice(1)) : (CODES[code] ?? DYN);
}
