import type { Block, Body } from '../hcl/node.ts';

/** `override.tf` and `*_override.tf` change what other files say. https://developer.hashicorp.com/terraform/language/files/override */
export function mergeOverrides(bodies: readonly Body[], overrides: readonly Body[]): readonly Body[] {
  const changes = overrides.flatMap(({ blocks }) => blocks);
  const used = new Set<Block>();
  const merged = bodies.map(({ attributes, blocks }) => ({
    attributes,
    blocks: blocks.map((block) => {
      const own = changes.filter((change) => sameBlock(block, change));
      for (const change of own) used.add(change);
      return own.reduce(merge, block);
    }),
  }));
  return [...merged, { attributes: new Map(), blocks: changes.filter((change) => !used.has(change)) }];
}

function sameBlock(block: Block, change: Block): boolean {
  if (block.type !== change.type || block.type === 'locals' || block.type === 'terraform') return false;
  const alias = ({ body }: Block) => body.attributes.get('alias')?.value;
  if (block.type === 'provider' && JSON.stringify(alias(block)) !== JSON.stringify(alias(change)))
    return false;
  return block.labels.join('\0') === change.labels.join('\0');
}

function merge(block: Block, { body }: Block): Block {
  const replaced = new Set(body.blocks.map(({ type }) => type));
  return {
    ...block,
    body: {
      attributes: new Map([...block.body.attributes, ...body.attributes]),
      blocks: [...block.body.blocks.filter(({ type }) => !replaced.has(type)), ...body.blocks],
    },
  };
}
