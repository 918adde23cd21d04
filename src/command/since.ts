import { join } from 'node:path';
import { type AuditRequest, audit } from '../audit.ts';
import { writeBaseline } from '../config/baseline.ts';
import { BercailError } from '../error.ts';
import { writeText } from '../io/file.ts';
import { exists } from '../io/find.ts';
import { writeRevision } from '../io/git.ts';
import { withPrivateFolder } from '../io/private-folder.ts';
import { translator } from '../io/translate.ts';
import type { CommandContext } from './context.ts';
import { sayIn } from './say.ts';

/**
 * Hands `use` a baseline of what failed at a revision: the same paths, read as they were then. Sources on the network
 * have no past and are left out. What could not be read at that time fails nothing, so that all of today counts as new.
 */
export async function withBaselineSince<T>(
  revision: string,
  request: AuditRequest,
  context: CommandContext,
  use: (baseline: string) => Promise<T>,
): Promise<T> {
  if (request.baseline !== undefined)
    throw new BercailError('usage', {
      message: '--since and --baseline both say what is known',
      hint: 'give one of them',
    });
  return withPrivateFolder(async (folder) => {
    const then = await writeRevision(revision, folder, context.env);
    const paths = request.paths.map(then).filter(exists);
    for (const path of request.paths.filter((one) => !exists(then(one))))
      context.err(`bercail: ${sayIn(request.language, context)('since.absent', { path, revision })}\n`);
    const { journal: _journal, onCall: _onCall, onEvent: _onEvent, ...same } = request;
    let known: readonly string[] = [];
    try {
      if (paths.length > 0)
        known = (await audit({ ...same, paths, sources: [], network: false })).evaluation.fingerprints();
    } catch (error) {
      if (!(error instanceof BercailError)) throw error;
      context.err(
        `bercail: ${sayIn(request.language, context)('since.nothing', { revision, why: translator(request.language)(error.problems[0]?.message ?? error.message) })}\n`,
      );
    }
    const baseline = join(folder, 'baseline.json');
    await writeText(baseline, writeBaseline(known));
    return use(baseline);
  });
}
