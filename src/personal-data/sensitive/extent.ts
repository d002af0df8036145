import type { Mentions } from '../mention';
import type { Token } from '../tokens';

const WORDS_BEFORE = 6;
const MOST_WORDS_AFTER = 8;

const words = (list: string): ReadonlySet<string> => new Set(list.split(/\s+/).filter(Boolean));

/** Small words that belong to what is said about somebody: `er`, `har`, `i behandling for`. */
const LEADING = words(`
  haft taget høj tog tåler født døde død forsøgte hørte c fik kan er var har bliver blev blevet være været få får fik fået have havde selv en et den sin sit sine af for i på med under svær svært svage svag alvorlig alvorligt
  kronisk meget dårligt dårlig forhøjet højt lavt nedsat aktivt lider led går gik gået hos til nyt ny nye tidl tidligere også stadig igen lige nu fremskredent fremskreden begyndende let lettere moderat dagligt daglig
  diagnosticeret fuldt ikke ingen afventer modtager modtog tager behandling behandles beh ret skal til mistet konstateret ramt lidt af tre to dømt dom kendt sidder sad siddet aktiv aktive store stor stort små mange flere
  gamle gammel sæt ubetalt ansøgt om søger netop vist formentlig formodentlig angiveligt muligvis sandsynligvis massiv massivt voldsomt voldsom tung tungt psykisk fysisk udredes udredt under mistanke ca omkring cirka over
  i_gang venter afsoner dyb dybt delvis helt snart
`);

/** Where what is said about somebody ends. */
const STOPPING = words(`
  jeg vi du de han hun ham hende dem mig dig os man siger sagde oplyser oplyste fortæller fortalte mener mente ønsker cpr tlf ja nej punktum øh jf se dvs iflg ifølge
  men fordi som der hvis når da hvorfor hvilket hvilken så at mens selvom derfor samt eller det dette denne dog også obs nb
`);
/** Words that open a new clause after "og". */
const NEW_CLAUSE = words(
  'det der den de nu så er var har havde vil ville skal skulle kan kunne må blev bliver kom kommer ønsker beder bad siger kører bor sagde ringer ringede derfor dermed hele begge alle',
);
const PREPOSITION = words('af for i på med til om hos efter siden mod uden under fra pga m f vedr gennem');
const ABBREVIATED =
  /^(?:ca|nr|kr|pct|md|mdr|pga|bl|psyk|aff|afd|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec|kl|m|f|vedr|stk|str|h|hhv|evt|beh|indl|udl)$/;

/** How many words before the matter may stand between the subject and it: `er lige kommet hjem fra`. */
const LONGEST_PREDICATE = 6;
const CLAUSE_OPENER = words(
  'og som der at han hun de jeg vi du fordi da men hvor eller samt så når hvis mens selvom fortæller siger oplyser',
);
const FINITE_VERB =
  /^(?:er|var|har|havde|bliver|blev|får|fik|går|gik|kom|kommer|tog|tager|ta|led|lider|sidder|sad|ligger|lå|står|drak|drikker|døde|døjer|venter|hører|tilhører|bruger|brugte|mistede|modtager|modtog|skal|skulle|kan|kunne|må|måtte|vil|ville|bor|boede|\p{L}{3,}(?:ede|er|te))$/u;
const NO_VERB = words(
  'efter under over eller siden ofte bare uden moder fader søster bror datter måneder uger timer kroner kr flere værre senere',
);

/**
 * Where the predicate that holds the matter begins: at the verb that follows the subject, when it is near and nothing
 * else is between; else the small words directly before the matter.
 */
export function startOfPredicate(
  tokens: readonly Token[],
  first: Token,
  folded: string,
  isSubject: (token: Token) => boolean,
): number {
  for (let at = first.index; at > 0 && first.index - at <= LONGEST_PREDICATE; at -= 1) {
    const token = tokens[at]!;
    const before = tokens[at - 1]!;
    const opensHere = CLAUSE_OPENER.has(before.folded) || isSubject(before) || /[,;:()»"]/.test(token.gap);
    if (/[.!?\n;:]/.test(token.gap) && !/^\. $/.test(token.gap)) break;
    if (!opensHere) continue;
    const isVerb = FINITE_VERB.test(token.folded) && !NO_VERB.has(token.folded);
    return isVerb && at < first.index ? token.start : extendLeft(folded, first.start);
  }
  return extendLeft(folded, first.start);
}

/** Goes left over small words that belong to the passage; offsets are those of the text. */
function extendLeft(folded: string, from: number): number {
  let start = from;
  for (let taken = 0; taken < WORDS_BEFORE; taken += 1) {
    const before = /(?<=^|[^\p{L}\p{N}])([\p{L}\p{N}-]{1,25})\.? $/u.exec(folded.slice(Math.max(0, start - 28), start));
    if (!before || !(LEADING.has(before[1]!) || /^(?:19|20)\d{2}$/.test(before[1]!))) return start;
    start -= before[0].length;
  }
  return start;
}

/**
 * Goes right over what completes the passage, to the end of the clause: it ends at a name, at a mark, where another
 * clause begins, and after eight words.
 */
export function extendRight(folded: string, from: number, mentions: Mentions): number {
  let end = from;
  for (let taken = 0; taken < MOST_WORDS_AFTER; taken += 1) {
    const next = /^\.? ([\p{L}\p{N}§%/+,.-]{0,29}[\p{L}\p{N}%])/u.exec(folded.slice(end, end + 32));
    if (!next) break;
    const word = next[1]!;
    if (next[0].startsWith('.') && !isAbbreviated(folded, end)) break;
    if (/[,.]\p{L}/u.test(word) || STOPPING.has(word) || mentions.touches(end + 1, end + next[0].length)) break;
    if (word === 'og' && !goesOn(folded, end + next[0].length, mentions)) break;
    if (word === 'og' && taken > 0) break;
    end += next[0].length;
  }
  return withoutLooseEnd(folded, from, end);
}

/** After "og" the same is said on: "kol og ilt", not "og han", "og blev hentet". */
function goesOn(folded: string, position: number, mentions: Mentions): boolean {
  const next = /^ ([\p{L}-]{2,30})/u.exec(folded.slice(position, position + 32))?.[1];
  return (
    next !== undefined &&
    !STOPPING.has(next) &&
    !NEW_CLAUSE.has(next) &&
    !mentions.touches(position + 1, position + 1 + next.length)
  );
}

function isAbbreviated(folded: string, end: number): boolean {
  const word = /[\p{L}]+$/u.exec(folded.slice(Math.max(0, end - 8), end))?.[0] ?? '';
  return ABBREVIATED.test(word);
}

/** A preposition at the end belongs to what was left out. */
function withoutLooseEnd(folded: string, from: number, end: number): number {
  let stop = end;
  for (;;) {
    const last = / ([\p{L}]+)$/u.exec(folded.slice(from, stop));
    if (!last || !PREPOSITION.has(last[1]!)) return stop;
    stop -= last[0].length;
  }
}
