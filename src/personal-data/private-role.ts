import { KIN_NOUN } from './kin-words';
import type { NameRun } from './name-runs';
import type { Reading } from './tokens';

/** How a text says that somebody stands privately to another, directly before or after the name. */
export interface PrivateRole {
  /** The noun in its base form as written, folded: `nabo`, `bror`. */
  relation: string;
  isNotifier: boolean;
}

const NOUN = `(${KIN_NOUN})(?:en|n|et|erne|eren)?`;
const BEFORE = new RegExp(
  `(?<![\\p{L}\\p{N}-])${NOUN}(?: (?:er|hedder|kaldet|ved navn))?[ ,:(]{1,2}(?:(?:fru|hr\\.?|frk\\.?) )?$`,
  'u',
);
const AFTER = new RegExp(
  `^(?:, | \\(|,? (?:der|som) er |,? er )(?:(?:min|din|hans|hendes|deres|vores|pt\\.s|brg\\.s|borgerens|\\p{L}{2,20}s) )?(?:(?:nye|tidligere|ældste|yngste|afdøde|biologiske) )?${NOUN}(?![\\p{L}\\p{N}-])`,
  'u',
);
const NOTIFIER = /^(?:anmelder|underretter|tipser|klager)/;

/** The relation in which a text puts the one who is named: `naboen Lone Due`, `Lone Due, hans søster`; else null. */
export function privateRoleOf(reading: Reading, run: NameRun): PrivateRole | null {
  const before = BEFORE.exec(reading.folded.slice(Math.max(0, run.start - 36), run.start))?.[1];
  const relation = before ?? AFTER.exec(reading.folded.slice(run.end, run.end + 70))?.[1];
  return relation ? { relation, isNotifier: NOTIFIER.test(relation) } : null;
}
