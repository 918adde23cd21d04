import type { Fact } from '../../src/inventory/fact.ts';
import { createFactTables, type Facts } from '../../src/inventory/fact-table.ts';

/** Facts by name, each with the evidence that it carries. */
export function factsOf(entries: Iterable<readonly [string, Fact]>): Facts {
  return createFactTables()(
    new Map([...entries].map(([name, fact]) => [name, { fact, evidence: fact.evidence }])),
  );
}
