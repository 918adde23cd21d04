import type { DeclaredNote, ResultContext } from '../../../result/context.ts';
import type { Declared } from '../../story/declared.ts';
import type { Terms } from './node.ts';

/** What a graph is made from. */
export interface Source {
  readonly context: ResultContext;
  readonly terms: Terms;
  readonly read: (type: DeclaredNote['type'], id: string) => Declared;
}
