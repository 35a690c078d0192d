// What redis-server does with its keys. Leaves out: expiry, transactions, publishing, streams.

interface Hash {
  readonly pairs: readonly (readonly [field: string, value: string])[];
}

type Value = string | readonly string[] | Hash;

/** All keys of a server, with their values. */
export type Keys = Map<string, Value>;

/** What a command answers: a word of the server, a mistake, a number, a text, nothing, or several of these. */
export type Reply =
  | { readonly type: 'status'; readonly text: string }
  | { readonly type: 'error'; readonly text: string }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'number'; readonly number: number }
  | { readonly type: 'nil' }
  | { readonly type: 'list'; readonly replies: readonly Reply[] };

interface Command {
  /** How many words it takes at least. */
  readonly words: number;
  readonly isWriting?: boolean;
  run(keys: Keys, words: readonly string[]): Reply;
}

export const OK: Reply = { type: 'status', text: 'OK' };
const NIL: Reply = { type: 'nil' };

export const text = (value: string): Reply => ({ type: 'text', text: value });
const number = (value: number): Reply => ({ type: 'number', number: value });
export const list = (values: readonly string[]): Reply => ({ type: 'list', replies: values.map(text) });
export const error = (message: string): Reply => ({ type: 'error', text: message });

class WrongType extends Error {}

const isHash = (value: Value): value is Hash => typeof value !== 'string' && 'pairs' in value;

function listAt(keys: Keys, key: string): readonly string[] {
  const value = keys.get(key) ?? [];
  if (typeof value === 'string' || isHash(value)) throw new WrongType();
  return value;
}

function hashAt(keys: Keys, key: string): Map<string, string> {
  const value = keys.get(key) ?? { pairs: [] };
  if (!isHash(value)) throw new WrongType();
  return new Map(value.pairs);
}

function stringAt(keys: Keys, key: string): string | undefined {
  const value = keys.get(key);
  if (value !== undefined && typeof value !== 'string') throw new WrongType();
  return value;
}

function push(keys: Keys, [key = '', ...values]: readonly string[], isFirst: boolean): Reply {
  const before = listAt(keys, key);
  const after = isFirst ? [...values.toReversed(), ...before] : [...before, ...values];
  keys.set(key, after);
  return number(after.length);
}

function pop(keys: Keys, key: string, isFirst: boolean): Reply {
  const values = [...listAt(keys, key)];
  const value = isFirst ? values.shift() : values.pop();
  if (values.length > 0) keys.set(key, values);
  else keys.delete(key);
  return value === undefined ? NIL : text(value);
}

function add(keys: Keys, key: string, by: number): Reply {
  const before = stringAt(keys, key) ?? '0';
  if (!/^-?\d+$/.test(before) || Number.isNaN(by)) return error('ERR value is not an integer or out of range');
  keys.set(key, String(Number(before) + by));
  return number(Number(before) + by);
}

/** `*` and `?` as in patterns for files. */
function matches(pattern: string, key: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 's').test(key);
}

/** From the end where negative. */
const place = (word: string, length: number) => (Number(word) < 0 ? length + Number(word) : Number(word));

const COMMANDS: Readonly<Record<string, Command>> = {
  PING: { words: 0, run: (_keys, [word]) => (word === undefined ? { type: 'status', text: 'PONG' } : text(word)) },
  ECHO: { words: 1, run: (_keys, [word = '']) => text(word) },
  SELECT: { words: 1, run: () => OK },
  GET: {
    words: 1,
    run(keys, [key = '']) {
      const value = stringAt(keys, key);
      return value === undefined ? NIL : text(value);
    },
  },
  SET: {
    words: 2,
    isWriting: true,
    run(keys, [key = '', value = '', ...options]) {
      if (options.some((word) => word.toUpperCase() === 'NX') && keys.has(key)) return NIL;
      keys.set(key, value);
      return OK;
    },
  },
  DEL: {
    words: 1,
    isWriting: true,
    run: (keys, words) => number(words.filter((key) => keys.delete(key)).length),
  },
  EXISTS: { words: 1, run: (keys, words) => number(words.filter((key) => keys.has(key)).length) },
  KEYS: {
    words: 1,
    run: (keys, [pattern = '']) => list([...keys.keys()].filter((key) => matches(pattern, key)).toSorted()),
  },
  TYPE: {
    words: 1,
    run(keys, [key = '']) {
      const value = keys.get(key);
      const type = value === undefined ? 'none' : typeof value === 'string' ? 'string' : isHash(value) ? 'hash' : 'list';
      return { type: 'status', text: type };
    },
  },
  DBSIZE: { words: 0, run: (keys) => number(keys.size) },
  FLUSHALL: {
    words: 0,
    isWriting: true,
    run(keys) {
      keys.clear();
      return OK;
    },
  },
  INCR: { words: 1, isWriting: true, run: (keys, [key = '']) => add(keys, key, 1) },
  INCRBY: { words: 2, isWriting: true, run: (keys, [key = '', by = '']) => add(keys, key, Number(by)) },
  DECR: { words: 1, isWriting: true, run: (keys, [key = '']) => add(keys, key, -1) },
  APPEND: {
    words: 2,
    isWriting: true,
    run(keys, [key = '', value = '']) {
      const whole = (stringAt(keys, key) ?? '') + value;
      keys.set(key, whole);
      return number(whole.length);
    },
  },
  LPUSH: { words: 2, isWriting: true, run: (keys, words) => push(keys, words, true) },
  RPUSH: { words: 2, isWriting: true, run: (keys, words) => push(keys, words, false) },
  LPOP: { words: 1, isWriting: true, run: (keys, [key = '']) => pop(keys, key, true) },
  RPOP: { words: 1, isWriting: true, run: (keys, [key = '']) => pop(keys, key, false) },
  LLEN: { words: 1, run: (keys, [key = '']) => number(listAt(keys, key).length) },
  LRANGE: {
    words: 3,
    run(keys, [key = '', from = '', to = '']) {
      const values = listAt(keys, key);
      return list(values.slice(Math.max(0, place(from, values.length)), place(to, values.length) + 1));
    },
  },
  HSET: {
    words: 3,
    isWriting: true,
    run(keys, [key = '', ...pairs]) {
      const hash = hashAt(keys, key);
      const before = hash.size;
      for (let i = 0; i + 1 < pairs.length; i += 2) hash.set(pairs[i] as string, pairs[i + 1] as string);
      keys.set(key, { pairs: [...hash] });
      return number(hash.size - before);
    },
  },
  HGET: {
    words: 2,
    run(keys, [key = '', field = '']) {
      const value = hashAt(keys, key).get(field);
      return value === undefined ? NIL : text(value);
    },
  },
  HGETALL: { words: 1, run: (keys, [key = '']) => list([...hashAt(keys, key)].flat()) },
};

/** Undefined: there is no command of this name. */
function commandNamed(name: string): Command | undefined {
  const key = name.toUpperCase();
  return Object.hasOwn(COMMANDS, key) ? COMMANDS[key] : undefined;
}

export function isWriting(name: string): boolean {
  return commandNamed(name)?.isWriting ?? false;
}

/** Does a command; the keys are changed. */
export function runCommand(keys: Keys, [name = '', ...words]: readonly string[]): Reply {
  const command = commandNamed(name);
  if (!command) return error(`ERR unknown command '${name}', with args beginning with: ${words.map((word) => `'${word}' `).join('')}`);
  if (words.length < command.words) return error(`ERR wrong number of arguments for '${name.toLowerCase()}' command`);
  try {
    return command.run(keys, words);
  } catch (mistake) {
    if (!(mistake instanceof WrongType)) throw mistake;
    return error('WRONGTYPE Operation against a key holding the wrong kind of value');
  }
}
