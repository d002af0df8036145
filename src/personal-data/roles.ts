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
/** `, visitationen`, `(Teknik og Miljø)`: an office that nobody has for a home or a school. */
const OF_AN_OFFICE =
  /^(?:, | \(| ?\/ ?| - | – )(?:\p{L}+ ){0,2}?(?:visitation\p{L}*|jobcent\p{L}*|ydelse(?:r|skontor\p{L}*)?|teknik|tekn\.|miljø|vej og park|[\p{L}-]*drift(?:en)?|\p{L}*kontoret|beredskab\p{L}*|driftsgård\p{L}*|\p{L}*forvaltning\p{L}*|\p{L}*afdeling(?:en)?|[\p{L}-]*teamet|sekretariat\p{L}*|socialtilsyn\p{L}*|administration\p{L}*|\p{L}+ kommune|kommunen|politi\p{L}*|hjemmepleje\p{L}*|sygepleje\p{L}*|tandpleje\p{L}*|lægehus\p{L}*|region \p{L}+)(?!\p{L})/u;
/** `Kontoret (Lone Due)`, `visitationen v/Lone Due`: the office, then who answers for it. */
const OFFICE_BEFORE =
  /(?:kontoret|lab\.|laboratoriet|visitationen|jobcent(?:er|ret)|kommunen|\p{L}*forvaltningen|\p{L}+afdelingen|teamet|ledelsen|vagten|administrationen|sekretariatet|borgerservice|ydelsescent(?:er|ret)|tilsynet) \($/u;
/** `12/2 kl. 8.40  HJP (`: the initials of who writes an entry, then the name in full. */
const WRITER = /^[ \t]*(?:\d[\d./: -]{2,20}(?:kl\.? ?)?[\d.:]{0,6}[ \t]+)?\p{L}{2,4} \($/u;
/** An address of a public authority right after the name. */
const PUBLIC_MAIL =
  /^[\s,:(<–-]{1,6}(?:(?:e-?mail|mail)[: ]{0,3})?[\p{L}\d._-]{1,40}@[\p{L}\d.-]{0,30}(?:kommune|komm|region|politi)/u;
/** `Arkitekt: `, `P-vagt 417 = `, a form's label before the name. */
const JOB_LABEL = /(?:^|[\s.])([\p{L}.-]{2,30})(?: \d{1,4}| \([^)\n]{0,12}\))?(?::| =) $/u;
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
  const after = reading.folded.slice(run.end, run.end + 70);
  if (OF_AN_OFFICE.test(after) || (label.endsWith('(') && OFFICE_BEFORE.test(label)))
    return { access: 'employee', role: 'fra et kontor hos en myndighed', because: 'kontoret nævnt ved navnet' };
  if (PUBLIC_MAIL.test(after))
    return { access: 'employee', role: 'skriver fra en myndighed', because: 'en myndigheds mailadresse efter navnet' };
  if (run.words.length > 1 && isWriterOfEntry(reading, run, lineStart))
    return { access: 'employee', role: 'fører journalen', because: 'initialer forrest i notatet' };
  const labelled = JOB_LABEL.exec(label)?.[1];
  if (labelled && isJobTitle(labelled))
    return { access: 'professional', role: labelled, because: 'en ledetekst med en stilling' };
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

/** The initials before the bracket are those of the name in it. */
function isWriterOfEntry(reading: Reading, run: NameRun, lineStart: number): boolean {
  const before = reading.folded.slice(lineStart, run.start);
  if (reading.text[run.end] !== ')' || before.length > 40 || !WRITER.test(before)) return false;
  const initials = /(\p{L}{2,4}) \($/u.exec(before)![1];
  return initials === run.words.map((word) => word[0]).join('');
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
