/** A resource id in its parts, in lower case: ids are equal whatever their case, and answers spell them as they like. */
export interface ResourceId {
  readonly id: string;
  /** Null for what belongs to no subscription. */
  readonly subscription: string | null;
  readonly group: string | null;
  /** `microsoft.storage/storageaccounts`, with the types of its parents before its own; null for no resource. */
  readonly type: string | null;
}

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
export function parseId(text: string): ResourceId | null {
  const id = canonicalId(text);
  if (!id.startsWith('/') || id === '/') return null;
  const [, subscription = null] = /^\/subscriptions\/([^/]+)/.exec(id) ?? [];
  const [, group = null] = /^\/subscriptions\/[^/]+\/resourcegroups\/([^/]+)/.exec(id) ?? [];
  return { id, subscription, group, type: typeOfId(id) };
}

/** The one spelling that observations have for an id: lower case, one slash in front and none behind. */
export function canonicalId(text: string): string {
  const id = withoutEnd(text.trim().toLowerCase());
  return id.startsWith('/') || !/^(subscriptions|providers)\//.test(id) ? id : `/${id}`;
}

function typeOfId(id: string): string | null {
  const last = id.lastIndexOf('/providers/');
  if (last < 0) return /\/resourcegroups\/[^/]+$/.test(id) ? 'microsoft.resources/resourcegroups' : null;
  const [namespace, ...rest] = id.slice(last + '/providers/'.length).split('/');
  const types = rest.filter((_, i) => i % 2 === 0);
  return namespace && types.length > 0 ? [namespace, ...types].join('/') : null;
}

/** The last part, as it is spelt. */
export function nameOfId(text: string): string {
  return withoutEnd(text).split('/').at(-1) ?? text;
}

/** The resource that holds it: `…/servers/s/databases/d` → `…/servers/s`. */
export function parentOfId(text: string): string {
  return withoutEnd(text).split('/').slice(0, -2).join('/');
}

/** Without slashes at its end, however many. */
function withoutEnd(text: string): string {
  return text.replace(/(?<!\/)\/+$/, '');
}

export function subscriptionId(subscription: string): string {
  return `/subscriptions/${subscription.toLowerCase()}`;
}
