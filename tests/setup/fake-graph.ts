import { at, textAt, textsAt } from '../../src/collect/azure/read/json.ts';
import type { Json, Tree } from '../../src/inventory/fact.ts';
import { isTree } from '../../src/inventory/fact.ts';
import type { Estate } from './fake-arm.ts';

/** Resource Graph for the queries that Bercail makes: rows of the asked subscriptions, a page at a time. */
export function queryEstate(estate: Estate, body: Json, pageSize: number): Json {
  const query = textAt(body, 'query') ?? '';
  const wanted = new Set(textsAt(body, 'subscriptions').map((one) => one.toLowerCase()));
  const rows = rowsOf(estate, query).filter((row) => {
    const [, subscription = ''] = /^\/subscriptions\/([^/]+)/i.exec(textAt(row, 'id') ?? '') ?? [];
    return wanted.size === 0 || wanted.has(subscription.toLowerCase());
  });
  const top = Math.min(Number(at(body, 'options', '$top') ?? 100), pageSize);
  const from = Number(at(body, 'options', '$skipToken') ?? 0);
  return {
    totalRecords: rows.length,
    count: Math.min(top, Math.max(0, rows.length - from)),
    resultTruncated: 'false',
    facets: [],
    data: rows.slice(from, from + top),
    ...(from + top < rows.length ? { $skipToken: String(from + top) } : {}),
  };
}

function rowsOf({ resources, lists = {} }: Estate, query: string): readonly Tree[] {
  if (query.includes('managementGroupAncestorsChain')) return (lists['above'] ?? []).filter(isTree);
  const isGroup = (id: string): boolean => /^\/subscriptions\/[^/]+\/resourcegroups\/[^/]+$/i.test(id);
  const isTop = (id: string): boolean =>
    (id.toLowerCase().split('/providers/')[1]?.split('/').length ?? 0) === 3;
  const shown = resources.filter((one) => {
    const id = textAt(one, 'id') ?? '';
    return query.startsWith('ResourceContainers')
      ? isGroup(id)
      : isTop(id) && !id.includes('/providers/Microsoft.Insights/');
  });
  const [, list] = /name in~ \(([^)]*)\)/.exec(query) ?? [];
  const names = list?.split(',').map((name) => name.trim().replaceAll("'", ''));
  return shown
    .filter((one) => names === undefined || names.includes(textAt(one, 'name')?.toLowerCase() ?? ''))
    .map(({ id = null, name = null, type = null, location = null, kind = null, tags = null }) => ({
      id,
      name,
      type: typeof type === 'string' ? type.toLowerCase() : null,
      location,
      kind,
      tags,
    }));
}
