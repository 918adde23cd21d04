import type { Position } from '../../../error.ts';
import type { Json } from '../../../inventory/fact.ts';

/** An expression of the language that Terraform is written in, as far as its value can matter here. */
export type Node =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'template'; readonly parts: readonly Node[] }
  | { readonly kind: 'traversal'; readonly root: string; readonly steps: readonly TraversalStep[] }
  | { readonly kind: 'access'; readonly of: Node; readonly steps: readonly TraversalStep[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'list'; readonly items: readonly Node[] }
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: Node, value: Node])[] }
  | { readonly kind: 'conditional'; readonly test: Node; readonly yes: Node; readonly no: Node }
  | { readonly kind: 'binary'; readonly operator: string; readonly left: Node; readonly right: Node }
  | { readonly kind: 'unary'; readonly operator: string; readonly of: Node }
  /** What is read over and not worked out: `for`, splats, template directives. */
  | { readonly kind: 'opaque'; readonly parts: readonly Node[] };

export type TraversalStep = { readonly name: string } | { readonly index: Node };

export interface Attribute {
  readonly name: string;
  readonly value: Node;
  readonly where: Position;
}

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
  readonly where: Position;
}

export interface Body {
  readonly attributes: ReadonlyMap<string, Attribute>;
  readonly blocks: readonly Block[];
}
