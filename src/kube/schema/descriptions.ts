// What the types and fields of Kubernetes are for, as generated: read from a file of its own, which is loaded only when it is asked for.

export interface Descriptions {
  /** Every text once. */
  readonly texts: readonly string[];
  /** By type: what it is for and what its fields are for, as places in `texts`, and the fields that must be given. */
  readonly types: Readonly<
    Record<string, { readonly about?: number; readonly fields: Readonly<Record<string, number>>; readonly required?: readonly string[] }>
  >;
}

export function aboutType({ texts, types }: Descriptions, type: string): string | undefined {
  return texts[types[type]?.about ?? -1];
}

/** A field whose value is a type of its own is described by that type. */
export function aboutField({ texts, types }: Descriptions, type: string, field: string): string | undefined {
  return texts[types[type]?.fields[field] ?? -1];
}

export function isRequired({ types }: Descriptions, type: string, field: string): boolean {
  return types[type]?.required?.includes(field) ?? false;
}
