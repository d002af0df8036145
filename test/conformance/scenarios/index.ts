import { FILES } from './files';
import { FINDING } from './finding';
import { LISTING } from './listing';
import { LOGIN } from './login';
import { REFUSALS } from './refusals';
import type { Scenario } from './scenario';
import { SPOILT_ANSWERS } from './spoilt-answers';
import { TROUBLE } from './trouble';

/** Everything that a connector must do, in the order in which it is tried. */
export const SCENARIOS = {
  ...FINDING,
  ...LISTING,
  ...FILES,
  ...LOGIN,
  ...REFUSALS,
  ...TROUBLE,
  ...SPOILT_ANSWERS,
} satisfies Record<string, Scenario>;

export type ScenarioId = keyof typeof SCENARIOS;
