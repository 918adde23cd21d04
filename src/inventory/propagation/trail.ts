import type { Holding, PathStep } from '../noun.ts';

/** A path as its last step and the way before it: what thousands of holdings have in common is kept once. */
interface Trail {
  readonly step: PathStep;
  readonly before: Holding;
}

const trails = new WeakMap<Holding, Trail>();

/** A holding one step further. Its path is written out only when somebody asks for it. */
export function oneStepOn(before: Holding, step: PathStep, holding: Omit<Holding, 'path'>): Holding {
  const further: Holding = {
    ...holding,
    get path() {
      return pathOf(further);
    },
  };
  trails.set(further, { step, before });
  return further;
}

function pathOf(holding: Holding): readonly PathStep[] {
  const steps: PathStep[] = [];
  let at = holding;
  for (let trail = trails.get(at); trail !== undefined; trail = trails.get(at)) {
    steps.push(trail.step);
    at = trail.before;
  }
  return [...at.path, ...steps.reverse()];
}
