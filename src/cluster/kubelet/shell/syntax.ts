// What a shell script is once it has been read: nodes in one list that name each other by number, so that a place in a script is
// plain data (its text and a number) and a running script survives being saved.

/** A word is its parts, side by side. */
export type Word = readonly Part[];

export type Part =
  | { readonly type: 'text'; readonly text: string; readonly isQuoted: boolean }
  | {
      readonly type: 'variable';
      readonly name: string;
      /** Of `${name[index]}`; `@` and `*` are all elements. */
      readonly index?: Word;
      /** Of `${!name…}`: the value is the name of the variable meant; of all elements, their indexes. */
      readonly isIndirect?: boolean;
      /** `${!name*}`: the names of all variables that begin so. */
      readonly isPrefix?: boolean;
      /** `:-` `-` `:=` `=` `:?` `?` `:+` `+` `#` `##` `%` `%%`, `length` for `${#x}`, `/` and `//` for replacing, `:` for a part, `@Q` for one that a shell reads again. */
      readonly operator: string | undefined;
      readonly operand: Word;
      readonly isQuoted: boolean;
    }
  | { readonly type: 'command'; readonly node: number; readonly isQuoted: boolean }
  /** `<(…)`, or `>(…)`: a path that its commands write to, or read from. */
  | { readonly type: 'process'; readonly node: number; readonly isWritten: boolean }
  | { readonly type: 'arithmetic'; readonly expression: Word; readonly isQuoted: boolean };

export interface Redirect {
  readonly descriptor: number;
  /** `<` `>` `>>` `<&` `>&` `<<` (a here-document), `&>` (both outputs). */
  readonly operator: string;
  readonly target: Word;
}

export interface Assignment {
  readonly name: string;
  /** Of `name[index]=value`. */
  readonly index?: Word;
  readonly value: Word;
  /** Of `name=(…)` and `name+=(…)`. */
  readonly elements?: { readonly words: readonly Word[]; readonly isAppending: boolean };
}

/** `;;` ends the command; in bash `;&` goes on with the next body, `;;&` with the next patterns. */
export type CaseEnding = ';;' | ';&' | ';;&';

export interface CaseItem {
  readonly patterns: readonly Word[];
  readonly body: number | undefined;
  readonly ending: CaseEnding;
}

export type Node =
  | {
      readonly type: 'simple';
      /** Counted from 0. */
      readonly line: number;
      readonly assignments: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
    }
  | { readonly type: 'sequence'; readonly items: readonly { readonly node: number; readonly isBackground: boolean }[] }
  | { readonly type: 'and' | 'or'; readonly left: number; readonly right: number }
  | { readonly type: 'not'; readonly body: number }
  /** `time` of bash: how long the commands after it took is told. */
  | { readonly type: 'timed'; readonly body: number; readonly isPosix: boolean }
  | { readonly type: 'pipe'; readonly parts: readonly number[] }
  | { readonly type: 'subshell' | 'group'; readonly body: number; readonly redirects: readonly Redirect[] }
  | {
      readonly type: 'if';
      readonly clauses: readonly { readonly condition: number; readonly body: number }[];
      readonly otherwise: number | undefined;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly type: 'while';
      readonly isUntil: boolean;
      readonly condition: number;
      readonly body: number;
      readonly redirects: readonly Redirect[];
    }
  | {
      /** `select` asks for one of the words before each round. */
      readonly type: 'for' | 'select';
      readonly name: string;
      /** Undefined: the positional parameters. */
      readonly words: readonly Word[] | undefined;
      readonly body: number;
      readonly redirects: readonly Redirect[];
    }
  | {
      readonly type: 'case';
      readonly word: Word;
      readonly items: readonly CaseItem[];
      readonly redirects: readonly Redirect[];
    }
  /** `[[ … ]]`. */
  | { readonly type: 'condition'; readonly words: readonly Word[]; readonly redirects: readonly Redirect[] }
  /** `(( … ))`. */
  | { readonly type: 'arithmetic'; readonly expression: Word; readonly redirects: readonly Redirect[] }
  | {
      readonly type: 'counting';
      readonly first: Word;
      readonly condition: Word;
      readonly step: Word;
      readonly body: number;
      readonly redirects: readonly Redirect[];
    }
  | { readonly type: 'function'; readonly name: string; readonly body: number }
  /** Where reading had to stop: what stands before it is run all the same. */
  | { readonly type: 'mistake'; readonly message: string; readonly line: number; readonly isIncomplete: boolean };

export interface Program {
  readonly nodes: readonly Node[];
  readonly root: number;
  /** The text ends in the middle of a command: more lines may make it whole. */
  readonly isIncomplete: boolean;
  /** Whether the text ends with its last command: then a shell becomes that command instead of waiting for it. */
  readonly isEndingAtOnce: boolean;
}
