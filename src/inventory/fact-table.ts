import type { Evidence, Fact } from './fact.ts';

/** Facts by name, each with the answer that gave it. */
export interface Facts extends ReadonlyMap<string, Fact> {
  readonly evidenceOf: (name: string) => Evidence | undefined;
}

/** A fact, and the answer that gave it where the fact itself does not say. */
export interface Found {
  readonly fact: Fact;
  readonly evidence: Evidence | undefined;
}

/** Makes tables that share their names where assets have the same ones. */
export function createFactTables(): (found: ReadonlyMap<string, Found>) => Facts {
  const shapes = new Map<string, readonly string[]>();
  return (found) => {
    const names = [...found.keys()].sort();
    const key = names.join('\0');
    const shape = shapes.get(key) ?? names;
    shapes.set(key, shape);
    const all = shape.map((name) => found.get(name) as Found);
    return new FactTable(
      shape,
      all.map(({ fact }) => fact),
      all.map(({ fact, evidence }) => fact.evidence ?? evidence),
    );
  };
}

/** A fact with the answer that gave it. */
export function evidenced(facts: Facts, name: string): Fact | undefined {
  const fact = facts.get(name);
  const evidence = facts.evidenceOf(name);
  return fact === undefined || evidence === undefined ? fact : { ...fact, evidence };
}

/** A few facts in the order of their names: a tenth of what a map takes, for assets by the million. */
class FactTable implements Facts {
  readonly #names: readonly string[];
  readonly #facts: readonly Fact[];
  readonly #evidence: readonly (Evidence | undefined)[];

  constructor(names: readonly string[], facts: readonly Fact[], evidence: readonly (Evidence | undefined)[]) {
    this.#names = names;
    this.#facts = facts;
    this.#evidence = evidence;
  }

  get size(): number {
    return this.#names.length;
  }

  get(name: string): Fact | undefined {
    return this.#facts[this.#names.indexOf(name)];
  }

  evidenceOf(name: string): Evidence | undefined {
    return this.#evidence[this.#names.indexOf(name)];
  }

  has(name: string): boolean {
    return this.#names.includes(name);
  }

  keys(): MapIterator<string> {
    return this.#names.values();
  }

  values(): MapIterator<Fact> {
    return this.#facts.values();
  }

  entries(): MapIterator<[string, Fact]> {
    return this.#names.map((name, index): [string, Fact] => [name, this.#facts[index] as Fact]).values();
  }

  [Symbol.iterator](): MapIterator<[string, Fact]> {
    return this.entries();
  }

  forEach(visit: (fact: Fact, name: string, table: ReadonlyMap<string, Fact>) => void): void {
    for (const [index, name] of this.#names.entries()) visit(this.#facts[index] as Fact, name, this);
  }
}

export const noFacts: Facts = new FactTable([], [], []);
