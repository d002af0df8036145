import { squeeze } from '../folding';
import type { Finding } from '../finding';
import { matchesNear } from './near';
import { NUMBER_WORD } from './number-words';

/** A pattern for words in any case, where the letters around it keep their case. */
function anyCase(pattern: string): string {
  return pattern.replace(/\\p\{\w+\}|\\.|\p{Ll}/gu, (part) =>
    part.startsWith('\\') ? part : `[${part}${part.toUpperCase()}]`,
  );
}

const STREET_END =
  'vej(?:en)?|gade(?:n)?|all(?:é|e)(?:en)?|stræde(?:t)?|plads(?:en)?|torv(?:et)?|vænge(?:t)?|park(?:en)?|have(?:n)?|haven|bakke(?:n)?|vang(?:en)?|toft(?:en)?|ager(?:en)?|krog(?:en)?|sti(?:en)?|boulevard(?:en)?|kaj(?:en)?|brygge(?:n)?|mark(?:en)?|dal(?:en)?|lund(?:en)?|høj(?:en)?|skrænt(?:en)?|sving(?:et)?|hegn(?:et)?|gård(?:en)?|gyde(?:n)?|drag(?:et)?|bro|kamme(?:n)?|kær(?:et)?|eng(?:en)?|bæk(?:ken)?|led(?:det)?|banke(?:n)?|kilde(?:n)?|passage(?:n)?|ås(?:en)?|skov(?:en)?|strand(?:en)?|station|kvarter(?:et)?|koll?onien|huse(?:ne)?';
const PREFIX =
  '(?:(?:Gl|Gamle|Sdr|Ndr|Nr|Nørre|Nordre|Søndre|Vestre|Østre|Sct|Skt|St|Ll|Store|Lille|Ved|Æ|H\\.?C|J\\.?P|Chr|Kgs)\\.? )?';
const WORD = "\\p{L}[\\p{L}.'’-]{0,40}";
const CAPITAL = "\\p{Lu}[\\p{L}.'’-]{0,40}";
// After a blank `i` and `å` are words: "Møllevej 4 i Hvidmose".
const HOUSE =
  '\\d[\\dOl]{0,2}(?:(?:[A-Za-z]|[ ][A-HJ-Za-hj-z])(?![\\p{L}\\p{N}/]))?(?:[ ]?-[ ]?\\d{1,3}(?!\\d))?(?![\\p{N}]|[.,:]\\d{2}(?!\\d))';
/** `Egevej 5, 7 og 9`: more houses of the same street. */
const MORE_HOUSES =
  '(?:(?:, \\d{1,3}[A-Z]?(?=, \\d| og \\d))*(?:,? og | \\+ | & )\\d{1,3}[A-Z]?(?=[.,;)\\n]|$|[ ]\\())?';
const FLOOR = anyCase(
  '(?:(?:st(?:uen)?|kld?|kælderen|kælder|\\d{1,2}(?:\\.|(?= (?:tv|th|mf|sal))))\\.?(?: ?(?:sal|etage|til (?:højre|venstre)))?\\.?)',
);
const DOOR = anyCase(
  '(?:t\\.?(?:v|h)|m\\.?f|dør \\d{1,3}|lejl(?:\\.|ighed) \\d{1,4}|vær(?:\\.|else) \\d{1,4}|lade \\d{1,2}|campingvogn \\d{1,2}|bag(?:huset|bygning)|\\d{1,4}(?![\\p{N}]))\\.?',
);
const INDOORS = `(?:,?[ ]{1,2}(?:${FLOOR}(?:,? ?${DOOR})?|${DOOR}|opg(?:\\.|ang) ?\\p{L}))?(?:,? kld?\\.?)?`;
const PLACE_NAME = `(?!TLF|Tlf|CPR|Mobil|MOBIL|Skriv|Kontakt)${PREFIX}\\p{Lu}[\\p{L}'’-]{1,40}(?: (?:\\p{Lu}[\\p{L}'’-]+|[A-ZÆØÅ]{1,2}(?![\\p{L}.])))?`;
const POSTAL = `(?:(?:DK-)?\\d{4},? ${PLACE_NAME})`;
const BREAK = ',?[ \\t]*(?:\\r?\\n[ \\t>]*)?';
const TOWN = `(?:${BREAK}(?:(?:${PREFIX}${CAPITAL}(?: ${CAPITAL})?,?[ \\t]*(?:\\r?\\n[ \\t]*| ))?${POSTAL})|, ${PLACE_NAME}(?=[\\s).,;]|$)(?! \\d)|, DK-\\d{4}|,? i ${PLACE_NAME}(?=[\\s).,;]|$))?`;
/** `overfor apoteket`: what tells the house apart in a small place. */
const LANDMARK =
  '(?:, ved siden af(?![ ]\\p{L})|,? (?:overfor|over for|bag|ovenpå|oven over|ved siden af|ved|over) \\p{L}{2,20}(?:en|et|eren)(?!\\p{L}))?';
const LANDMARK_BEFORE = '(?:(?:over for|overfor|over|bag|ved siden af) \\p{Ll}{2,20}(?:en|et),[ ]?\\n?)?';
/** `i opgangen ved siden af`: said from where the other one lives. */
const NEXT_DOOR =
  /(?:i |på )?(?:opgangen|opgang \p{L}{1,2}|lejligheden|huset|rækkehuset|ejendommen|gården|villaen) (?:ved siden af|lige over for|over for|overfor|ovenpå|ovenover|nedenunder|underneden)(?:,? (?:i )?(?:nr\.|nummer) ?\d{1,3} ?[A-Z]?)?(?![\p{L}\p{N}]| \p{Lu})/gu;
const CARE_AFTER = `(?:${BREAK}c/o ${CAPITAL}(?: ${CAPITAL}){0,2})?`;
const CARE_OF = `(?:c/o ${CAPITAL}(?: ${CAPITAL}){0,2}(?:,[ ]|\\r?\\n))?`;

const NAMED_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])${CARE_OF}${LANDMARK_BEFORE}${PREFIX}(?:${CAPITAL} ){0,3}(?:\\p{L}[\\p{L}-]{0,40}?)?(?:${anyCase(STREET_END)})s? (?:(?:nr\\.?|nummer) )?${HOUSE}${MORE_HOUSES}${INDOORS}${CARE_AFTER}${TOWN}${LANDMARK}`,
  'gu',
);
const ANY_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])${CARE_OF}${PREFIX}${CAPITAL}(?: ${CAPITAL}){0,2} ${HOUSE}(?:,? ?(?:${FLOOR}(?:,? ?${DOOR})?|${DOOR}))?(?:${BREAK}${POSTAL}|, ${PREFIX}\\p{Lu}\\p{Ll}{3,}(?=[\\s).,;]|$)(?! \\d)|,[ ]${FLOOR}(?: ?${DOOR})?)`,
  'gu',
);
/** Endings of places that streets are often named after. */
const PLACE_END =
  'bjerg(?:et)?|hede(?:n)?|holm(?:en)?|krat(?:tet)?|mose(?:n)?|næs(?:set)?|løkke(?:n)?|mølle(?:n)?|vold(?:en)?|port(?:en)?|tofte(?:n)?|rækken|bo|skellet|diget|haverne|gårde|balle(?:n)?|løbet|vig(?:en)?|pynt(?:en)?|kant(?:en)?|brink(?:en)?|slippe(?:n)?|hjørne(?:t)?|bakker|stien|høje|huset|hegn';
/** `Lone Due, Kirkebjerg 8`: a name of a place that may be a street's, with a house number, after a mark or a word for living there. */
const PLACE_WITH_HOUSE = new RegExp(
  `(?<=(?:^|[,;:(]|(?:på|bor|boende|adr\\.?|adresse|bopæl|nabo)) ?)\\p{Lu}\\p{L}{2,20}(?:${PLACE_END}) ${HOUSE}${INDOORS}${TOWN}`,
  'gmu',
);
const CARE_OF_ALONE = new RegExp(`(?<![\\p{L}\\p{N}])c/o ${CAPITAL}(?: ${CAPITAL}){0,2}${TOWN}`, 'gu');
/** A house that is known by its name, with the entrance or room within it. */
const NAMED_HOUSE = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:(?:Hotel|Hostel|Pension|Kollegiet) ${CAPITAL}|\\p{Lu}\\p{L}{2,30}(?:huset|gården|gaarden|hus|gård|kollegiet|parken)),? (?:opg|vær|lejl|bolig|blok|rum)(?:\\.|\\p{L}{0,8}) ?(?:\\d{1,4}|[A-H](?!\\p{L}))`,
  'gu',
);
/** `Brinken nummer 4`: a street whose name ends as none does, known by the word before the number. */
const NUMBERED_STREET =
  /(?<![\p{L}\p{N}])\p{Lu}\p{Ll}{3,25}(?:en|et|e|a|o) (?:nummer|nr\.) ?\d{1,3}(?: ?[A-Z](?!\p{L}))?(?![\p{N}/-])/gu;
/** A street without a house number after a word for living there. */
const STREET_ALONE = new RegExp(
  `(?<=(?:bor|boede|boende|bopæl|flyttet|flyttede|flytter|hjemme)(?: \\p{Ll}+)? (?:i|på|paa|til|ind på|ud på|hen på) )(?:${PREFIX}|\\p{Lu}\\p{L}{2,20} )\\p{Lu}[\\p{L}-]{1,30}(?:vej|gade|stræde|vænge|vænget|allé|bakken|parken|toften)(?:, (?:ovenpå|ovenpaa|over|bag|ved) ${CAPITAL})?(?![\\p{L}\\p{N}]| \\d)`,
  'gu',
);
/** The house number said in words, as in dictation. */
const SPOKEN_STREET = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:gl\\. |gammel |ny )?\\p{L}{2,30}(?:vej|gade|alle|stræde|vænge) ${NUMBER_WORD}(?![\\p{L}])(?: (?:stuen|første|anden|tredje|fjerde|femte|sjette)(?: sal)?(?: (?:til )?(?:venstre|højre|tv|th|mf)\\.?)?)?(?: i \\p{L}{2,30})?`,
  'gu',
);
/** `14, 4. tv`: house and flat in a street that everybody knows. */
const FLAT = /(?<![\p{L}\p{N}.,/-])(?<!\d )\d{1,3} ?[A-Za-z]?, ?(?:st|\d{1,2})\.? ?(?:sal )?(?:tv|th|mf)\.?(?!\p{L})/gu;
const POSTAL_LINE = new RegExp(`(?<=^[ \\t]{0,20})\\d{4} ${WORD}(?: [A-ZÆØÅ]{1,2}(?!\\p{L}))?(?=[ \\t]{0,20}$)`, 'gmu');
const NOT_STREET =
  /^(?:den|d|uge|kl|side|bilag|afsnit|punkt|kap|lov|§|sag|nr|stk|ca|lb|modtaget|dato|januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december|mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag|samvær|klasse|år|husk|født|sendt)\b/i;

const LEADING_WORDS =
  /^(?:(?:har|boet|bor|boede|boende|flyttet|flytter|i|på|til|fra|hos|og|er|ik|ikke|at|adr|adresse|adressen|adressen:|bopæl|hjemme|ydelsescenter|jobcenter|jobcentret|borgerservice|skolen|kommune)\.? )+/iu;

/** A pattern with the sign that shows where it can match, and how far it reaches before and after that. */
interface Place {
  pattern: RegExp;
  sign: RegExp;
  before: number;
  after: number;
  confidence: number;
  inFolded?: boolean;
  mayBeNoStreet?: boolean;
  hasLead?: boolean;
}

const PLACES: readonly Place[] = [
  {
    pattern: NAMED_STREET,
    sign: new RegExp(`(?=\\d)(?<=(?:${anyCase(STREET_END)})s? (?:(?:nr\\.?|nummer) )?)\\d`, 'g'),
    before: 130,
    after: 180,
    confidence: 0.95,
    hasLead: true,
  },
  {
    pattern: ANY_STREET,
    sign: /(?=\d)(?!\d{4})(?<=\p{Lu}[\p{L}.'’-]{0,40} )\d(?=[^\n]{0,40}?(?:,[ \n]|\s(?:DK-)?\d{4}))/gu,
    before: 100,
    after: 110,
    confidence: 0.8,
    mayBeNoStreet: true,
    hasLead: true,
  },
  { pattern: NAMED_HOUSE, sign: /(?:opg|vær|lejl|bolig|blok|rum)/g, before: 90, after: 24, confidence: 0.8 },
  {
    pattern: STREET_ALONE,
    sign: /(?:bor|boede|boende|bopæl|flyttet|flyttede|flytter|hjemme) /g,
    before: 1,
    after: 150,
    confidence: 0.7,
  },
  {
    pattern: NUMBERED_STREET,
    sign: /(?:nummer|nr\.) ?\d/g,
    before: 34,
    after: 12,
    confidence: 0.6,
    mayBeNoStreet: true,
  },
  { pattern: FLAT, sign: /\d ?[A-Za-z]?, ?(?:st|\d)/g, before: 8, after: 24, confidence: 0.7 },
  {
    pattern: SPOKEN_STREET,
    sign: new RegExp(`(?:vej|gade|alle|stræde|vænge) ${NUMBER_WORD}`, 'g'),
    before: 50,
    after: 120,
    confidence: 0.8,
    inFolded: true,
  },
  {
    pattern: PLACE_WITH_HOUSE,
    sign: new RegExp(`(?=\\d)(?<=(?:${PLACE_END}) )\\d`, 'g'),
    before: 40,
    after: 120,
    confidence: 0.6,
  },
  { pattern: CARE_OF_ALONE, sign: /c\/o /g, before: 1, after: 260, confidence: 0.8 },
  { pattern: POSTAL_LINE, sign: /^[ \t]{0,20}\d{4} /gm, before: 0, after: 90, confidence: 0.7 },
  {
    pattern: NEXT_DOOR,
    sign: /ved siden af|over ?for|ovenpå|ovenover|neden/g,
    before: 50,
    after: 40,
    confidence: 0.6,
  },
  ...houseOnly(),
];

/** A house, a flat or a floor without its street, each with its own sign. */
function houseOnly(): Place[] {
  const opening = '(?<=(?:^|[ \\t(])';
  const number = '(?:nr\\.|nummer) ?\\d{1,3}(?: ?[A-Za-z](?!\\p{L}))?(?![\\p{N}/-])';
  const patterns: [pattern: string, sign: RegExp, before: number, after: number][] = [
    [`${opening})(?:i|på) ${number}`, /(?:nr\.|nummer) ?\d/gi, 6, 10],
    [`${opening}(?:fra|ved|bor|nabo(?:en)?|hos) )${number}`, /(?:nr\.|nummer) ?\d/gi, 12, 10],
    [`${opening})i \\d{2,3} ?[a-hA-H](?![\\p{L}\\p{N}])`, /i \d\d/gi, 2, 8],
    ["(?<![\\p{L}\\p{N}])(?:i )?\\d{1,3}(?:'|’)?eren(?!\\p{L})", /\d['’]?eren/gi, 8, 2],
    [
      '(?<![\\p{L}\\p{N}])(?:bolig|lejl\\.|lejlighed|opg\\.|opgang|værelse) (?:\\d{1,4}|[A-H])(?:, ?(?:st|\\d{1,2})\\. ?(?:tv|th|mf)\\.?)?(?![\\p{L}\\p{N}])',
      /(?:bolig|lejl\.|lejlighed|opg\.|opgang|værelse) [\da-h]/gi,
      1,
      24,
    ],
    [
      '(?<![\\p{L}\\p{N}/.])(?:\\d{1,2}\\.|st\\.|stuen) ?(?:sal )?(?:tv|th|mf|t\\.v|t\\.h)\\.?(?!\\p{L})',
      /(?:\d\.|st\.|stuen) ?(?:sal )?(?:t|mf)/gi,
      3,
      8,
    ],
    ['(?<=^[ \\t]{0,20}(?:\\(\\d+\\) )?)Nr\\. \\d{1,3}[A-Z]?(?= [–-])', /^[ \t]{0,20}(?:\(\d+\) )?nr\. \d/gim, 0, 10],
  ];
  return patterns.map(([pattern, sign, before, after]) => ({
    pattern: new RegExp(pattern, 'gimu'),
    sign,
    before,
    after,
    confidence: 0.6,
  }));
}

/** Addresses: street with house, floor, door and town over up to three lines; c/o; house, flat or floor alone. */
export function findAddresses(text: string, folded: string): Finding[] {
  const found: Finding[] = [];
  for (const { pattern, sign, before, after, confidence, inFolded, mayBeNoStreet, hasLead } of PLACES) {
    for (const match of matchesNear(inFolded ? folded : text, pattern, sign, before, after)) {
      if (mayBeNoStreet && NOT_STREET.test(match[0])) continue;
      const written = finding(match, confidence);
      found.push(hasLead ? withoutLead(written, match[0]) : written);
    }
  }
  return found;
}

/**
 * An address in comparable form: street and house, then floor and door when written:
 * `Kong Hans Gade 11, 2. tv., 7844 Nørreådal` -> `konghansgade11|2tv`.
 */
export function homeOf(address: string): string {
  const street = /^[^\d]{0,80}\d{1,3}(?:[ ]?[A-Za-z](?![\p{L}]))?/u.exec(
    address.replace(/^c\/o [^,\n]*[,\n]\s*/, ''),
  )?.[0];
  if (!street) return `${squeeze(address)}|`;
  const rest = address.slice(address.indexOf(street) + street.length).replace(/(?:DK-)?\d{4}\s[^]*$/, '');
  const unit = /^\s*,?\s*(?:(?:st|kl|\d)[^\n]{0,20}|dør[^\n]{0,8})/i.exec(rest)?.[0] ?? '';
  return `${squeeze(street)}|${squeeze(unit)}`;
}

/** The same street and house, and not two different flats. */
export function isSameHome(a: string, b: string): boolean {
  const [streetA, unitA] = a.split('|');
  const [streetB, unitB] = b.split('|');
  return streetA === streetB && (!unitA || !unitB || unitA === unitB);
}

/** "HAR BOET I KIRSEBÆRVEJ 4": words before the street that are no part of its name, where capitals do not tell. */
function withoutLead(found: Finding, written: string): Finding {
  const lead = LEADING_WORDS.exec(written)?.[0] ?? '';
  return lead ? { ...found, start: found.start + lead.length, value: homeOf(written.slice(lead.length)) } : found;
}

function finding(match: RegExpMatchArray, confidence: number): Finding {
  const written = match[0].replace(/[\s,]+$/, '');
  return {
    start: match.index!,
    end: match.index! + written.length,
    type: 'ADDRESS',
    confidence,
    value: homeOf(written),
  };
}
