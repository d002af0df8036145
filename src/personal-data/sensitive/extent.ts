import type { Mentions } from '../mention';

const WORDS_BEFORE = 6;
const MOST_WORDS_AFTER = 6;

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
  ved over ud ind nu ham hende mig dig os dem siger sagde cpr tlf ja nej punktum øh ny skal kan vil bør må blev er var har havde bliver blive men fordi som der hvis når da hvorfor hvilket hvilken så og at mens selvom derfor
  samt eller hun han de jeg vi du i_dag det dette denne oplyser fortæller mener ønsker jf se dvs dog også oplyste iflg ifølge
`);
const PREPOSITION = words('af for i på med til om hos efter siden mod uden under fra pga m f vedr gennem');
/** Verbs of the lists that take an object: what is drunk, owed or sold belongs to what is said. */
const TAKES_OBJECT =
  /(?:drikker|skylder|skyldte|sælger|solgte|slog|slår|truer|truede|tog|taget|stjal|stjæler|snupper|snuppede|hævede|tåler|ryger|afsoner|faster|kommer|beder|smed|kastede|låner|lånte|lånt|betaler|tjener|modtager|pustede|brækkede|skærer|døde|går|gik|ligger|ligger|løn|ruineret)$/;
const ABBREVIATED =
  /^(?:ca|nr|kr|pct|md|mdr|pga|bl|psyk|aff|afd|jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec|kl|m|f|vedr|stk|str|h|hhv|evt|beh|indl|udl)$/;
const NUMERIC =
  /^(?:[\d.,%/+§-]+(?:kr|mg|g|%)?|type|uge|grad|trin|pos|neg|positiv|negativ|igen|dagligt|hver|hele|uger|måneder|år|mdr|md|gange|gradvist|x|kr|tusind|mio)$/;

/** Goes left over small words that belong to the passage; offsets are those of the text. */
export function extendLeft(folded: string, from: number): number {
  let start = from;
  for (let taken = 0; taken < WORDS_BEFORE; taken += 1) {
    const before = /(?<=^|[^\p{L}\p{N}])([\p{L}\p{N}-]{1,25})\.? $/u.exec(folded.slice(Math.max(0, start - 28), start));
    if (!before || !(LEADING.has(before[1]!) || /^(?:19|20)\d{2}$/.test(before[1]!))) return start;
    start -= before[0].length;
  }
  return start;
}

/**
 * Goes right over what completes the passage: an object, phrases with a preposition, figures. It ends at a name, at the
 * end of a clause, and after six words.
 */
export function extendRight(folded: string, from: number, trigger: string, mentions: Mentions): number {
  let end = from;
  /** How many words of the phrase at hand may still follow. */
  let open = TAKES_OBJECT.test(trigger) ? 3 : 1;
  for (let taken = 0; taken < MOST_WORDS_AFTER; taken += 1) {
    const next = /^\.? ([\p{L}\p{N}§%/+,.-]{0,29}[\p{L}\p{N}%])/u.exec(folded.slice(end, end + 32));
    if (!next) break;
    const word = next[1]!;
    if (next[0].startsWith('.') && !isAbbreviated(folded, end)) break;
    if (/[,.]\p{L}|,$/u.test(word) || STOPPING.has(word) || mentions.touches(end + 1, end + next[0].length)) break;
    if (PREPOSITION.has(word)) open = 3;
    else if (NUMERIC.test(word)) open = Math.max(open, 1);
    else if (open === 0) break;
    else open -= 1;
    end += next[0].length;
  }
  return withoutLooseEnd(folded, from, end);
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
