// What type an expression is of, and what is wrong with it before it is ever run, in cel-go's words. Models cel-go's checker/checker.go.
import { type Call, dottedName, type Expression, type Item } from './expression.ts';
import { NOT_SIMULATED, overloadsOf } from './library/index.ts';
import { type Loop, loopOf } from './macros.ts';
import type { Overload } from './overload.ts';
import { type Scope, typeOfName, withName } from './scope.ts';
import type { Issue } from './tokens.ts';
import { BOOL, type Bound, type CelType, DYN, fits, INT, isDyn, listOf, mapOf, optionalOf, plain, substituted, typeText } from './types.ts';

/** The type of an expression; what is wrong is added to `issues`. */
export function typeOf(expression: Expression, scope: Scope, issues: Issue[]): CelType {
  return new Checker(issues).of(expression, scope);
}

class Checker {
  private readonly issues: Issue[];

  constructor(issues: Issue[]) {
    this.issues = issues;
  }

  of(expression: Expression, scope: Scope): CelType {
    switch (expression.type) {
      case 'value':
        return plain(expression.of);
      case 'name':
        return typeOfName(expression.name, scope) ?? this.undeclared(expression.name, expression.at);
      case 'list':
        return listOf(this.joined(expression.items, scope));
      case 'map': {
        const keys = expression.entries.map(({ key }) => ({ value: key, isOptional: false }));
        return mapOf(this.joined(keys, scope), this.joined(expression.entries, scope));
      }
      case 'object':
        return this.object(expression, scope);
      case 'field':
        return this.field(expression, scope);
      case 'choice':
        return this.choice(expression, scope);
      case 'call':
        return this.call(expression, scope);
    }
  }

  private said(at: number, message: string): CelType {
    this.issues.push({ at, message });
    return DYN;
  }

  private undeclared(name: string, at: number): CelType {
    return this.said(at, `undeclared reference to '${name}' (in container '')`);
  }

  /** All items of a literal are of one type. */
  private joined(items: readonly Item[], scope: Scope): CelType {
    let first: CelType | undefined;
    for (const { value, isOptional } of items) {
      const given = this.of(value, scope);
      const type = isOptional && given.kind === 'optional_type' ? given.of : given;
      if (first && !fits(first, type, new Map())) this.said(value.at, `expected type '${typeText(first)}' but found '${typeText(type)}'`);
      first ??= type;
    }
    return first ?? DYN;
  }

  private object({ name, fields, at }: Extract<Expression, { type: 'object' }>, scope: Scope): CelType {
    const type = scope.objectNamed?.(name);
    if (!type) return this.undeclared(name, at);
    for (const field of fields) {
      const wanted = type.kind === 'object' ? type.fieldOf(field.name) : DYN;
      const given = this.of(field.value, scope);
      if (!wanted) this.said(field.value.at, `undefined field '${field.name}'`);
      else if (!fits(wanted, given, new Map()))
        this.said(
          field.value.at,
          `expected type of field '${field.name}' is '${typeText(wanted)}' but provided type is '${typeText(given)}'`,
        );
    }
    return type;
  }

  private field({ of, name, at, isOptional }: Extract<Expression, { type: 'field' }>, scope: Scope): CelType {
    const type = this.fieldOf(this.of(of, scope), name, at);
    return isOptional && type.kind !== 'optional_type' ? optionalOf(type) : type;
  }

  private fieldOf(holder: CelType, name: string, at: number): CelType {
    if (holder.kind === 'optional_type') return optionalOf(this.fieldOf(holder.of, name, at));
    if (holder.kind === 'map') return holder.of;
    if (isDyn(holder)) return DYN;
    if (holder.kind === 'object') return holder.fieldOf(name) ?? this.said(at, `undefined field '${name}'`);
    if (typeText(holder).endsWith('.Authorizer') && name === 'requestResource') return plain('kubernetes.authorization.ResourceCheck');
    return this.said(at, `type '${typeText(holder)}' does not support field selection`);
  }

  private choice({ condition, yes, no, at }: Extract<Expression, { type: 'choice' }>, scope: Scope): CelType {
    const [asked, one, other] = [this.of(condition, scope), this.of(yes, scope), this.of(no, scope)];
    const bound: Bound = new Map();
    const result: CelType = { kind: 'any', name: 'A' };
    if (!fits(BOOL, asked, bound) || !fits(result, one, bound) || !fits(result, other, bound))
      return this.noOverload('_?_:_', undefined, [asked, one, other], at);
    return substituted(result, bound);
  }

  private call(call: Call, scope: Scope): CelType {
    const { name, on, args, at } = call;
    if (name === 'has' && !on) return this.has(args, at, scope);
    const loop = loopOf(call);
    if (loop) return this.loop(loop, scope);
    const whole = qualifiedName(call, (each) => scope.typeOf(each) !== undefined);
    if (NOT_SIMULATED.has(whole ?? name)) return DYN;
    const target = on && whole === undefined ? this.of(on, scope) : undefined;
    const given = args.map((each) => this.of(each, scope));
    if (name === '_&&_' || name === '_||_')
      return given.every((type) => fits(BOOL, type, new Map())) ? BOOL : this.noOverload(name, undefined, given, at);
    if (name === '_[_]' || name === '_[?_]') return this.index(given, name, at);
    const known = overloadsOf(whole ?? name)?.filter(({ isMember }) => isMember === (target !== undefined));
    if (!known || known.length === 0) return this.undeclared(whole ?? name, at);
    return resultOf(known, target ? [target, ...given] : given) ?? this.noOverload(whole ?? name, target, given, at);
  }

  private noOverload(name: string, target: CelType | undefined, given: readonly CelType[], at: number): CelType {
    const list = `(${given.map(typeText).join(', ')})`;
    return this.said(at, `found no matching overload for '${name}' applied to '${target ? `${typeText(target)}.` : ''}${list}'`);
  }

  private has([of]: readonly Expression[], at: number, scope: Scope): CelType {
    if (of?.type !== 'field') this.said(of?.at ?? at, 'invalid argument to has() macro');
    else this.of(of, scope);
    return BOOL;
  }

  private index(given: readonly CelType[], name: string, at: number): CelType {
    const [holder = DYN, key = DYN] = given;
    const inner = holder.kind === 'optional_type' ? holder.of : holder;
    const wanted = inner.kind === 'list' ? INT : inner.kind === 'map' ? inner.key : DYN;
    const isHolder = inner.kind === 'list' || inner.kind === 'map' || isDyn(inner);
    if (!isHolder || !fits(wanted, key, new Map())) return this.noOverload(name, undefined, given, at);
    const found = inner.kind === 'list' || inner.kind === 'map' ? inner.of : DYN;
    return name === '_[?_]' || holder.kind === 'optional_type' ? optionalOf(found) : found;
  }

  private loop({ macro, over, variables, test, made }: Loop, scope: Scope): CelType {
    const range = this.of(over, scope);
    const types = this.itemTypes(range, over.at, macro.startsWith('opt'));
    const own = variables.length === 2 ? types : [variables.length === 1 && range.kind === 'map' ? types[0] : types[1]];
    const inner = variables.reduce((names, name, i) => withName(names, name, own[i] ?? DYN), scope);
    if (test) {
      const asked = this.of(test, inner);
      if (!fits(BOOL, asked, new Map())) this.said(test.at, `expected type 'bool' but found '${typeText(asked)}'`);
    }
    const result = made ? this.of(made, inner) : DYN;
    switch (macro) {
      case 'filter':
        return listOf(own[0] ?? DYN);
      case 'map':
      case 'transformList':
        return listOf(result);
      case 'transformMap':
        return mapOf(types[0] ?? DYN, result);
      case 'optMap':
        return optionalOf(result);
      case 'optFlatMap':
        return result;
      default:
        return BOOL;
    }
  }

  /** The types of the place of an item and of the item itself. */
  private itemTypes(range: CelType, at: number, isOptional: boolean): readonly CelType[] {
    if (isOptional) return [DYN, range.kind === 'optional_type' ? range.of : DYN];
    if (range.kind === 'list') return [INT, range.of];
    if (range.kind === 'map') return [range.key, range.of];
    if (!isDyn(range))
      this.said(at, `expression of type '${typeText(range)}' cannot be range of a comprehension (must be list, map, or dynamic)`);
    return [DYN, DYN];
  }
}

/** `sets.contains` of `sets.contains(a, b)`: where no variable is called `sets`. */
export function qualifiedName({ name, on }: Call, isVariable: (name: string) => boolean): string | undefined {
  const before = dottedName(on);
  if (before === undefined || isVariable(before.split('.')[0] ?? '')) return undefined;
  const whole = `${before}.${name}`;
  return overloadsOf(whole) || NOT_SIMULATED.has(whole) ? whole : undefined;
}

/** What the overloads that fit give: of several results one of any type. */
function resultOf(known: readonly Overload[], given: readonly CelType[]): CelType | undefined {
  const results = known.flatMap(({ params, result }) => {
    const bound: Bound = new Map();
    const doesFit = params.length === given.length && params.every((wanted, i) => fits(wanted, given[i] as CelType, bound));
    return doesFit ? [substituted(result, bound)] : [];
  });
  const [first, ...others] = results;
  return first && others.some((other) => typeText(other) !== typeText(first)) ? DYN : first;
}
