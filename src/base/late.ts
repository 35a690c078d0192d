// Code that may come later: its place, which whoever calls it asks for the code. While the part of the program that holds the code is not
// there, that throws; whoever drives the world then loads the part, and lets the world run anew.

/** What was asked for is in a part that has not come yet. */
export class MissingPart extends Error {
  readonly part: string;

  constructor(part: string) {
    super(`the part "${part}" has not come yet`);
    this.part = part;
  }
}

export class Late<T> {
  readonly part: string;
  private code: T | undefined;

  constructor(part: string) {
    this.part = part;
  }

  get isThere(): boolean {
    return this.code !== undefined;
  }

  /** The code. Throws MissingPart while it is not there. */
  get(): T {
    if (this.code === undefined) throw new MissingPart(this.part);
    return this.code;
  }

  set(code: T | undefined): void {
    this.code = code;
  }
}
