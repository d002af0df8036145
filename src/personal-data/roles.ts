import type { PartyAccess } from '../contracts';
import type { NameRun } from './name-runs';
import type { Reading } from './tokens';
import { isJobTitle, STAFF_LABELS } from './vocabulary';

/** How somebody who is not in the register stands, and what in the text says so. */
export interface RoleEvidence {
  access: PartyAccess;
  role: string;
  /** What shows it, for staff: `en titel før navnet`. */
  because: string;
}

const SIGN_OFF = /(?:venlig hilsen|mvh\.?|m\.v\.h\.|vh\.?|hilsen)[,.!]?\s*\n?\s*$/;
const FROM_SERVICE =
  /^,? (?:fra |\()(?:sfo|ssp|ppr|jobcent\p{L}*|kommunen|\p{L}*skolen|forvaltningen|familieafd\p{L}*|hjemmeplejen|visitationen|borgerservice|handicap\p{L}*|udk|politiet|sundhedsplejen|ydelsesafd\p{L}*|ydelsescent\p{L}*|plejecent\p{L}*|sygehuset|hospitalet|lægehuset|børnehuset|boligselskabet|boligforeningen|udbetaling danmark|misbrugscent\p{L}*|rusmiddelcent\p{L}*)(?!\p{L})/u;
/** `Arkitekt: `, a form's label before the name. */
const JOB_LABEL = /(?:^|[\s.])([\p{L}.-]{2,30})(?: \([^)\n]{0,12}\))?: $/u;
/** `graveren, hr. `, `lægen er `: somebody's work in the definite form, then the name. */
const CALLING = /(?:^|[\s,.(])(\p{L}{3,30}en)(?:,| er| hedder)(?: (?:hr|fru|frk)\.?)? $/u;
const OWN_CALLING = /(?:arbejder som|uddannet|pensioneret|tidligere|er|var|som|blev|hendes|hans|min|din) $/;

/**
 * Evidence that a run names an employee or a professional at work: a job title directly before or after it, a label of
 * the municipality's forms, or a signature with a title. A name list alone never makes anybody an employee.
 */
export function staffEvidence(reading: Reading, run: NameRun, previous?: NameRun): RoleEvidence | null {
  if (run.title && isJobTitle(run.title)) {
    const before = reading.folded.slice(
      Math.max(0, run.start - run.title.length - 16),
      run.start - run.title.length - 1,
    );
    if (!OWN_CALLING.test(before))
      return { access: 'professional', role: run.title, because: 'en titel lige før navnet' };
  }
  const lineStart = reading.lines[run.tokens[0]!.line]!.start;
  const label = reading.folded.slice(Math.max(lineStart, run.start - 60), run.start);
  if (STAFF_LABELS.test(label))
    return { access: 'employee', role: 'nævnt som medarbejder', because: 'en ledetekst før navnet' };
  if (previous && STAFF_LABELS.test(listBefore(reading, run, previous, lineStart)))
    return { access: 'employee', role: 'nævnt som medarbejder', because: 'en liste over medarbejdere' };
  const calling = CALLING.exec(label)?.[1];
  if (calling && isJobTitle(calling))
    return { access: 'professional', role: calling, because: 'personens arbejde nævnt før navnet' };
  if (FROM_SERVICE.test(reading.folded.slice(run.end, run.end + 40)))
    return { access: 'employee', role: 'fra kommunens afdeling', because: 'en afdeling nævnt efter navnet' };
  const labelled = JOB_LABEL.exec(label)?.[1];
  if (labelled && isJobTitle(labelled))
    return { access: 'professional', role: labelled, because: 'en ledetekst med en stilling' };
  const after = reading.folded.slice(run.end, run.end + 70);
  const title = titleAfter(after);
  if (title) return { access: 'professional', role: title, because: 'en titel lige efter navnet' };
  const before = reading.folded.slice(Math.max(0, run.start - 40), run.start);
  if (
    SIGN_OFF.test(before) &&
    /^[ \t,]*\n?[^\n]{0,30}(?:kommune|forvaltning|afdeling|team|tlf|direkte|@)/.test(after) &&
    /kommune|forvaltning|afdeling|rådgiver/.test(after)
  ) {
    return { access: 'employee', role: 'underskriver for kommunen', because: 'en underskrift' };
  }
  return null;
}

/** `Tilsyn: Maja Lund, Tobias Lund`: the label before the first of two names; empty when they do not stand in a list. */
function listBefore(reading: Reading, run: NameRun, previous: NameRun, lineStart: number): string {
  if (previous.start < lineStart || !/^(?:, | og | \/ | & )$/.test(reading.text.slice(previous.end, run.start)))
    return '';
  return reading.folded.slice(Math.max(lineStart, previous.start - 60), previous.start).replace(/\/ ?$/, '');
}

/** `, socialrådgiver`, ` (klasselærer)`, a line below the signature that opens with a title. */
function titleAfter(after: string): string | null {
  const match =
    /^ ?(?:\([a-zæøå]{2,4}\))? ?(?:(?:,|\(|\/|–|-|\|)[ \t]{0,3}(?:(?:vores|vor|min|din|jeres|kommunens|skolens) )?|\n[ \t]*(?=[\p{L}.-]+ ?(?:[,\n(–-]|$)))([\p{L}.-]+)(?: ([\p{L}.-]+))?/u.exec(
      after,
    );
  if (!match) return null;
  for (const word of [match[1], match[2]]) {
    const bare = word?.replace(/\.$/, '');
    if (bare && bare.length > 1 && isJobTitle(bare)) return bare;
  }
  return null;
}
