import type { OrganisationNote } from '../../result/context.ts';
import type { Teller } from './teller.ts';
import type { Entry } from './told.ts';

/** A link of the chain and those that it engaged. */
export interface ChainLink {
  readonly id: string;
  readonly name: string;
  readonly role: string;
  readonly entries: readonly Entry[];
  readonly exposed: boolean;
  readonly warning: string | null;
  readonly findings: string | null;
  readonly engaged: readonly ChainLink[];
}

/** From the controllers down to the last sub-processor; what nobody declared stands apart at the end. */
export function tellChain(teller: Teller) {
  const { context, say } = teller;
  const notes = context?.organisations ?? [];
  const seen = new Set<string>();
  const build = (note: OrganisationNote): ChainLink => {
    seen.add(note.id);
    const engaged = notes.filter(({ engaged_by, id }) => engaged_by === note.id && !seen.has(id)).map(build);
    return linkOf(teller, note, engaged);
  };
  const roots = notes.filter(
    ({ engaged_by, declared }) =>
      declared && (engaged_by === null || !notes.some(({ id }) => id === engaged_by)),
  );
  const first = (a: OrganisationNote, b: OrganisationNote): number =>
    Number(b.role === 'controller') - Number(a.role === 'controller');
  const links = roots.sort(first).map(build);
  // A loop of engagements has no root, and an undeclared operator has no place in the chain: both are still told.
  for (const note of notes) if (!seen.has(note.id)) links.push(build(note));
  return { available: context !== null, links, count: notes.length, caption: say('story.chain.caption') };
}

function linkOf(teller: Teller, note: OrganisationNote, engaged: readonly ChainLink[]): ChainLink {
  const { say, word, country, result } = teller;
  const isPublic = note.kind === 'public_body';
  const found = result.findings.filter(
    ({ subject, outcome }) => outcome === 'fail' && subject.type === 'organisation' && subject.id === note.id,
  );
  const exposed = note.exposures?.some(({ reach }) => reach === 'owner') ?? false;
  return {
    id: note.id,
    name: teller.organisation(note.id),
    exposed,
    role:
      note.role === null
        ? say(note.declared ? 'story.role.unknown' : 'story.role.undeclared')
        : word('story.role', note.role),
    entries: [
      {
        term: say('story.chain.kind'),
        text: note.kind === null ? say('story.unknown_one') : word('story.kind', note.kind),
      },
      {
        term: say('story.chain.seat'),
        text: note.seat === null ? say('story.unknown_one') : country(note.seat),
      },
      ...(isPublic && note.owners === null
        ? []
        : [{ term: say('story.chain.owners'), text: ownersText(teller, note) }]),
      ...(isPublic && note.exposures === null
        ? []
        : [{ term: say('story.chain.exposures'), text: exposuresText(teller, note) }]),
      ...(note.assets > 0
        ? [{ term: say('story.chain.assets'), text: say('story.chain.assets_count', { count: note.assets }) }]
        : []),
      ...(note.source === null
        ? []
        : [
            {
              term: say('story.chain.source'),
              text: `${teller.prose(note.source)}${note.mark === null || note.mark === 'verified' ? '' : ` (${say(`mark.${note.mark}`)})`}`,
            },
          ]),
    ],
    warning: note.declared ? null : say('story.chain.undeclared'),
    findings:
      found.length === 0
        ? null
        : say('story.chain.findings', {
            count: found.length,
            rules: [...new Set(found.map(({ rule }) => rule))].join(', '),
          }),
    engaged,
  };
}

export function ownersText({ say, prose, country }: Teller, { owners }: OrganisationNote): string {
  if (owners === null) return say('story.chain.owners_unknown');
  if (owners.length === 0) return say('story.chain.owners_none');
  return owners
    .map(
      ({ name, country: code }) =>
        `${prose(name)} (${code === null ? say('place.country_unknown') : country(code)})`,
    )
    .join(' → ');
}

export function exposuresText({ say, word, text }: Teller, { exposures }: OrganisationNote): string {
  if (exposures === null) return say('story.chain.exposures_unknown');
  if (exposures.length === 0) return say('story.chain.exposures_none');
  return exposures
    .map(({ label, law, reach, status }) =>
      say('story.chain.exposure', {
        law: text(label, law),
        reach: word('story.reach', reach),
        status,
        statusLabel: word('story.status', status),
      }),
    )
    .join(' · ');
}
