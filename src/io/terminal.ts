type Environment = { readonly [name: string]: string | undefined };

/** Whether to write colours: FORCE_COLOR says, else NO_COLOR; else only a terminal that has them, outside of CI. */
export function hasColor(env: Environment, isTerminal: boolean): boolean {
  const { FORCE_COLOR: force, NO_COLOR, TERM } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  if (NO_COLOR !== undefined && NO_COLOR !== '') return false;
  return isTerminal && TERM !== 'dumb' && !isContinuous(env);
}

/** A terminal on which lines may be written anew: not one that only prints, and not a log of continuous integration. */
export function isRewritable(env: Environment, isTerminal: boolean): boolean {
  return isTerminal && env['TERM'] !== 'dumb' && !isContinuous(env);
}

function isContinuous({ CI }: Environment): boolean {
  return CI !== undefined && CI !== '' && CI !== '0' && CI !== 'false';
}
