// Answers that are kept: of a function whose answer never changes.

/** Remembers what `compute` gave for an object: objects never change, so neither do answers about them. */
export function remembered<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const answers = new WeakMap<K, V>();
  return (key) => {
    if (answers.has(key)) return answers.get(key) as V;
    const answer = compute(key);
    answers.set(key, answer);
    return answer;
  };
}

/** The same for what a text stands for: `idOf` makes one text of what is given. All is forgotten when `most` answers are kept. */
export function rememberedBy<A extends readonly unknown[], V>(
  most: number,
  idOf: (...given: A) => string,
  compute: (...given: A) => V,
): (...given: A) => V {
  const answers = new Map<string, V>();
  return (...given) => {
    const id = idOf(...given);
    const known = answers.get(id);
    if (known !== undefined || answers.has(id)) return known as V;
    const answer = compute(...given);
    if (answers.size >= most) answers.clear();
    answers.set(id, answer);
    return answer;
  };
}
