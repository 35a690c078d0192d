// A list that can also be asked by key. The table for that is made when somebody first asks: most lists are only walked through.

export class Keyed<T> {
  readonly list: readonly T[];
  private readonly keyOf: (item: T) => string;
  private table: ReadonlyMap<string, T> | undefined;

  constructor(list: readonly T[], keyOf: (item: T) => string) {
    this.list = list;
    this.keyOf = keyOf;
  }

  get size(): number {
    return this.list.length;
  }

  get(key: string): T | undefined {
    this.table ??= new Map(this.list.map((item) => [this.keyOf(item), item]));
    return this.table.get(key);
  }

  has(key: string): boolean {
    return this.get(key) !== undefined;
  }
}
