import type { Json } from '../../inventory/fact.ts';
import type { Flow } from '../../inventory/noun.ts';
import { MissingValue } from '../../rule/cel/value.ts';
import { lift, liftRecord, missing } from '../../rule/view/lift.ts';
import { assetView } from './asset.ts';
import type { View, ViewContext } from './context.ts';
import { activitiesOf, datasetsOf } from './noun.ts';
import { organisationOf } from './organisation.ts';

/** The variables that a rule about a flow sees. */
export function flowScope(context: ViewContext, flow: Flow): View {
  const { declared, id, key } = flow;
  const [from, to] = [endView(context, flow, 'from'), endView(context, flow, 'to')];
  const recipient = recipientView(context, flow, to);
  return {
    flow: liftRecord('flow', declared, { id, key, label: `${shortEnd(flow.from)} → ${shortEnd(flow.to)}` }),
    datasets: datasetsOf(context, flow),
    from,
    to,
    recipient,
    transfer: transferOf(context, recipientOf(context, flow), declared['transfer']),
    place:
      flow.to === 'internet'
        ? missing('not_asked')
        : to instanceof MissingValue
          ? to
          : (to?.['place'] ?? null),
    activities: activitiesOf(context, flow.datasets),
  };
}

/** An asset at one end; null for whoever is outside, missing for an end that nobody could name. */
function endView(
  context: ViewContext,
  { declared, from, to }: Flow,
  end: 'from' | 'to',
): View | MissingValue | null {
  if (declared[end] === 'unknown') return missing('asked');
  const asset = context.inventory.assets.get(end === 'from' ? from : to);
  return asset ? assetView(context, asset) : null;
}

/** Who receives: the one that the flow names, else who runs the service at its end, else who runs the machines. */
function recipientView(context: ViewContext, flow: Flow, to: View | MissingValue | null): unknown {
  if (flow.declared['recipient'] === 'unknown') return missing('asked');
  if (flow.recipient !== null) return organisationOf(context, flow.recipient);
  if (flow.to === 'internet') return missing('not_asked');
  return to === null || to instanceof MissingValue ? to : (to['run_by'] ?? to['operator']);
}

function recipientOf({ inventory }: ViewContext, { recipient, to, declared }: Flow): string | null {
  if (declared['recipient'] === 'unknown') return null;
  const asset = inventory.assets.get(to);
  return recipient ?? asset?.runBy ?? asset?.operator ?? null;
}

function shortEnd(id: string): string {
  return id.slice(id.indexOf('/') + 1);
}

/** A flow's own transfer wins over its recipient's. */
export function transferOf(context: ViewContext, recipient: string | null, own: Json | undefined): unknown {
  if (own !== undefined) return lift('transfer', own);
  return organisationOf(context, recipient)?.['transfer'] ?? missing('not_asked');
}
