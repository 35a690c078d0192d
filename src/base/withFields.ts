/**
 * A copy of `object` with `fields` more, for what is made thousands of times and kept. A spread does the same, but V8 before 12 (Node 20)
 * gives every object that a spread adds a new field to a hidden class of its own: some 300 bytes, and slow reading of all of them.
 */
export const withFields = <T extends object, F extends object>(object: T, fields: F): T & F => Object.assign({}, object, fields);
