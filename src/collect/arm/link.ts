import type { RelationKind } from '../../inventory/observation.ts';
import { alternatives, at, items, Open, textOf, type Value } from '../code/value.ts';
import { keyOf, type Resource } from './resource.ts';

/** Finds the resources of a template that a value means: by id, by symbolic name, by the host of its endpoint. */
export function createFinder(resources: readonly Resource[]): (value: Value) => readonly Resource[] {
  const index = new Map<string, Resource>();
  for (const resource of resources) {
    index.set(keyOf(resource.type, resource.name).toLowerCase(), resource);
    if (resource.symbol !== null) index.set(`symbol ${resource.symbol}`, resource);
    if (/^microsoft\.(storage\/storageaccounts|keyvault\/vaults)$/i.test(resource.type))
      index.set(`host ${resource.name.toLowerCase()}`, resource);
  }
  const byText = (text: string): Resource | undefined => {
    const id = /\/providers\/(?!.*\/providers\/)(.+)$/is.exec(text)?.[1] ?? text;
    const host = /^(?:https?:\/\/)?([^./]+)\.(?:blob|web|file|dfs|queue|table|vault|managedhsm)\./i.exec(
      text,
    )?.[1];
    return (
      index.get(id.toLowerCase()) ??
      index.get(`symbol ${text}`) ??
      (host === undefined ? undefined : index.get(`host ${host.toLowerCase()}`))
    );
  };
  return (value) => [
    ...new Set(
      alternatives(value).flatMap((one) => {
        const texts =
          one instanceof Open ? [...(one.text === null ? [] : [one.text]), ...one.refs] : [textOf(one) ?? ''];
        return texts.flatMap((text) => byText(text) ?? []);
      }),
    ),
  ];
}

export interface Link {
  readonly kind: RelationKind;
  readonly from: Value;
  readonly to: Value;
}

/** What a resource says of two others: where the logs of one go, what one is copied to. */
export function linksOf(resource: Resource): readonly Link[] {
  const { type, body, name } = resource;
  const prop = (...path: readonly string[]): Value => at(body, 'properties', ...path);
  const parent = `/providers/${keyOf(type.split('/').slice(0, -1).join('/'), name.split('/').slice(0, -1).join('/'))}`;
  switch (type.toLowerCase()) {
    case 'microsoft.storage/storageaccounts/objectreplicationpolicies':
      return [{ kind: 'replica', from: prop('sourceAccount') ?? parent, to: prop('destinationAccount') }];
    case 'microsoft.sql/servers/failovergroups':
      return items(prop('databases')).flatMap((database) =>
        items(prop('partnerServers')).map(
          (partner): Link => ({ kind: 'replica', from: database, to: at(partner, 'id') }),
        ),
      );
    default:
      break;
  }
  if (!/(^|\/)diagnosticsettings$/i.test(type)) return [];
  const about = resource.scope ?? parentOfExtension(type, name);
  return ['workspaceId', 'storageAccountId', 'eventHubAuthorizationRuleId'].flatMap((target) => {
    const to = prop(target);
    return to === undefined || to === null ? [] : [{ kind: 'log' as const, from: about, to }];
  });
}

/** `A/b/providers/diagnosticSettings` named `x/Microsoft.Insights/y` is about `A/b/x`. */
function parentOfExtension(type: string, name: string): Value {
  const of = type.split(/\/providers\//i)[0] ?? type;
  const count = of.split('/').length - 1;
  return `/providers/${keyOf(of, name.split('/').slice(0, count).join('/'))}`;
}
