import { groundById, longDate, shortLabel } from '../../law';
import type { PartyAccess } from '../../contracts';
import type { Remembered } from '../../redaction/decision-memory';
import { isKeptAccess } from '../../redaction/persons/request-person';
import type { Proposal } from '../../redaction/proposal.entity';
import { accessInWords } from './kinds-of-information';
import { partInWords } from './person-parts';

/** What was decided before, seen from the one who asks now. */
export interface EarlierDecision {
  sentence: string;
  suggestion: 'remove' | 'keep';
  groundId: string | null;
}

/**
 * An earlier decision on the same words is proposed again where the person stands as then to the one who asks; where not,
 * the proposal is the new one and the difference is said. Who asked before is never known here.
 */
export function earlierDecision(
  { redact }: Pick<Proposal, 'redact'>,
  accessNow: PartyAccess | null,
  { decision, groundId, access, times, lastOn }: Remembered,
): EarlierDecision {
  const stands = accessNow === null || (access as string) === '' || isKeptAccess(access) === isKeptAccess(accessNow);
  const ground = groundId ? groundById(groundId) : null;
  const what = decision === 'remove' ? `fjernet${ground ? ` efter ${shortLabel(ground)}` : ''}` : 'beholdt';
  const often = times === 1 ? '' : `${times} gange, `;
  const said = `Samme ord er tidligere ${what} (${often}senest ${longDate(lastOn)}).`;
  const proposed = redact ? 'remove' : 'keep';
  if (stands)
    return {
      sentence:
        decision === proposed
          ? said
          : `${said} Det foreslås igen, selv om maskinen ville ${redact ? 'fjerne' : 'beholde'} det.`,
      suggestion: decision ?? proposed,
      groundId: decision === 'remove' ? groundId : null,
    };
  return {
    sentence: `${said} Forslaget er et andet nu, fordi personen står anderledes til den, der beder om aktindsigt.`,
    suggestion: proposed,
    groundId: null,
  };
}

/** A part that an employee gave the same person before. */
export function earlierPart({ role, access, lastOn }: Remembered): string {
  return `Er tidligere angivet som ${partInWords(role)} (${accessInWords(access)}), senest ${longDate(lastOn)}.`;
}
