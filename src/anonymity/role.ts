/** What a manifest says of the columns of a dataset, as measuring needs it. */
export interface Roles {
  readonly fields: readonly DeclaredField[];
  readonly identifiability: string | null;
  readonly population: number | null;
}

export interface DeclaredField {
  readonly name: string;
  readonly role: string | null;
  readonly distinct: number | null;
  /** Who can undo the pseudonym; null: nobody, or not stated. */
  readonly keyHeldBy: string | null;
}

type Tree = { readonly [key: string]: unknown };

/** Reads the roles out of a dataset as its manifest declares it; what is not known is null. */
export function rolesOf(dataset: Tree): Roles {
  const fields = Array.isArray(dataset['fields']) ? dataset['fields'] : [];
  return {
    fields: fields.flatMap((field: unknown) => {
      if (typeof field !== 'object' || field === null) return [];
      const { name, role, distinct, key_held_by: holder } = field as Tree;
      if (typeof name !== 'string' || name === 'unknown') return [];
      return {
        name,
        role: said(role),
        distinct: typeof distinct === 'number' ? distinct : null,
        keyHeldBy: said(holder),
      };
    }),
    identifiability: said(dataset['identifiability']),
    population: typeof dataset['population'] === 'number' ? dataset['population'] : null,
  };
}

function said(value: unknown): string | null {
  return typeof value === 'string' && value !== 'unknown' && value !== 'none' ? value : null;
}

/** Names of the columns with a role. */
export function columnsWith({ fields }: Roles, role: string): readonly string[] {
  return fields.filter((field) => field.role === role).map(({ name }) => name);
}
