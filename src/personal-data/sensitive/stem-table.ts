import type { SpanType } from '../../contracts';
import type { Token } from '../tokens';
import { CRIME } from './crime-words';
import { ECONOMY } from './economy-words';
import { FAITH, ORIGIN } from './faith-origin-words';
import { HEALTH } from './health-words';

interface Part {
  stem: string;
  isWhole: boolean;
}

interface Entry {
  parts: Part[];
  type: SpanType;
}

/** A word or phrase that speaks of something sensitive: its first and last token. */
export interface StemHit {
  first: Token;
  last: Token;
  type: SpanType;
}

/** Entries are kept under their first letters, at most this many. */
const KEY_LENGTH = 4;
/** A list's stem stands for a word at most this much longer. */
const LONGEST_ENDING = 25;

/** A law, an office or an employee that is named after a matter says nothing of anybody. */
const NAMED_AFTER_IT =
  /(?:lov(?:en)?s?|team(?:et)?s?|afdeling(?:en)?s?|afsnit(?:tet)?|cent(?:er|ret|eret)s?|kontor(?:et)?s?|udvalg(?:et)?|rådgiver(?:en)?s?|sygehus(?:et)?|hus(?:et)?|klinik(?:ken)?|læge(?:n)?|forsikring(?:en)?|rettens?|forvaltning(?:en)?|konsulent(?:en)?|koordinator(?:en)?|plan(?:en)?|kursus|kurset|tilbud(?:det)?|gruppe(?:n)?|skema(?:et)?|kort(?:et)?|bevis(?:et)?|behandler(?:en)?|plejerske[nr]?|konto(?:en)?|afgift(?:en)?|attest(?:en)?|beregning(?:en)?|styrelsen|kassen|forening(?:en)?|fond(?:en)?|nævn(?:et)?|formand(?:en)?|inspektør(?:en)?|vejleder(?:en)?|chef(?:en)?|journal(?:en)?|kommune(?:n)?|skole(?:n)?)$/;
/** Words that only look like one of the lists. */
const LOOKS_ALIKE =
  /^(?:gældende|gælder|arm(?:e|ene|en)$|hjertelig|sygepleje|sygehjælp|sygesikring|sygehus|syges?gymn|medicinsk(?:e|t)?$|blindtarm|angstfri|terapeutisk|bøder?køb|løngang|arvefølg|afdragsfri|domænenavn|muslingesk|stresstest|hudorm|psykologisk_und|diagnosticeringsv|krisecent|krisepakk|misbrugscent|alkoholfri|kriminalforsorg|voldgift|romantisk|romaner|romanen|polakk?ered|infektionshyg|tjekke[rdt])/;
/** What makes an ordinary word of the one before it: a vacant flat, full time. */
const ORDINARY_BEFORE: Readonly<Record<string, RegExp>> = {
  ledig: /^(?:plads|tid|bolig|lejlighed|stilling|seng|time|parkering)/,
  ledige: /^(?:pladser|tider|boliger|lejligheder|stillinger|senge|timer|rum)/,
  fuld: /^(?:tid|skrue|gang|fart|pris|beløb|ret|støtte|fm|forældre|sikkerhed|forståelse|adgang|damp|for)/,
  ophold: /^(?:på|i|hos|ved|uden|udendørs)/,
  stoffer: /^(?:til|og tråd)/,
  påvirket: /^(?:af situationen|af sagen)/,
};

const table = buildTable();

/** Every word and phrase of the lists in a row of tokens; where several fit at one place, the longest. */
export function stemHits(tokens: readonly Token[]): StemHit[] {
  const hits: StemHit[] = [];
  let free = 0;
  for (const token of tokens) {
    if (token.index < free) continue;
    const hit = hitAt(tokens, token);
    if (!hit) continue;
    hits.push(hit);
    free = hit.last.index + 1;
  }
  return hits;
}

function hitAt(tokens: readonly Token[], token: Token): StemHit | null {
  const word = token.folded;
  let best: StemHit | null = null;
  let bestLength = 0;
  for (const entry of entriesThatOpenWith(word)) {
    const weight = entry.parts.reduce((sum, { stem }) => sum + stem.length, 0);
    if (weight <= bestLength) continue;
    const last = lastTokenOf(tokens, token, entry);
    if (!last) continue;
    best = { first: token, last, type: entry.type };
    bestLength = weight;
  }
  return best && isMeant(tokens, best) ? best : null;
}

const remembered = new Map<string, readonly Entry[]>();
const MOST_REMEMBERED = 20_000;
const NONE: readonly Entry[] = [];

/** The entries whose first part a word fits; most words fit none. */
function entriesThatOpenWith(word: string): readonly Entry[] {
  const before = remembered.get(word);
  if (before) return before;
  const fitting: Entry[] = [];
  for (let length = 1; length <= KEY_LENGTH && length <= word.length; length += 1)
    for (const entry of table.get(word.slice(0, length)) ?? []) if (fits(word, entry.parts[0]!)) fitting.push(entry);
  if (remembered.size >= MOST_REMEMBERED) remembered.clear();
  const entries = fitting.length > 0 ? fitting : NONE;
  remembered.set(word, entries);
  return entries;
}

function lastTokenOf(tokens: readonly Token[], first: Token, { parts }: Entry): Token | null {
  let last = first;
  for (const part of parts.slice(1)) {
    const next = tokens[last.index + 1];
    const afterFiller = tokens[last.index + 2];
    if (next && isJoined(next) && fits(next.folded, part)) last = next;
    // One word may stand between: "sidder nu inde", "tog sit eget liv".
    else if (next && afterFiller && isJoined(next) && isJoined(afterFiller) && fits(afterFiller.folded, part))
      last = afterFiller;
    else return null;
  }
  return last;
}

function isJoined(token: Token): boolean {
  return token.gap === ' ' || token.gap === '. ' || token.gap === '\n';
}

function fits(word: string, { stem, isWhole }: Part): boolean {
  if (isWhole) return word === stem;
  return word.length <= stem.length + LONGEST_ENDING && word.startsWith(stem);
}

function isMeant(tokens: readonly Token[], { first, last, type }: StemHit): boolean {
  if (first !== last) return true;
  if (NAMED_AFTER_IT.test(first.folded) || LOOKS_ALIKE.test(first.folded)) return false;
  const next = tokens[first.index + 1];
  if (next && next.gap === ' ' && ORDINARY_BEFORE[first.folded]?.test(next.folded)) return false;
  return type !== 'ETHNICITY' || !isLanguage(tokens[first.index - 1], next);
}

/** "taler tamil", "på polsk", "polsk tolk": a language, which the file mostly needs. */
function isLanguage(before: Token | undefined, after: Token | undefined): boolean {
  if (
    before &&
    /^(?:taler|talte|tale|kun|mest|lidt|godt|på|dansk|sprog|skriver|forstår|oversat|oversætter|tolker|fra|modersmål)$/.test(
      before.folded,
    )
  )
    return true;
  return after !== undefined && /^(?:tolk|tolken|tolkning|sprog|talende)/.test(after.folded);
}

function buildTable(): Map<string, Entry[]> {
  const kinds: [SpanType, string][] = [
    ['CRIMINAL', CRIME],
    ['FINANCE', ECONOMY],
    ['HEALTH', HEALTH],
    ['RELIGION', FAITH],
    ['ETHNICITY', ORIGIN],
  ];
  const entries = new Map<string, Entry[]>();
  for (const [type, words] of kinds) {
    for (const written of words.split(/\s+/).filter(Boolean)) {
      const parts = written.split('_').filter(Boolean).map(partOf);
      const key = parts[0]!.stem.slice(0, KEY_LENGTH);
      entries.set(key, [...(entries.get(key) ?? []), { parts, type }]);
    }
  }
  return entries;
}

function partOf(written: string): Part {
  const isWhole = written.endsWith('.');
  return { stem: isWhole ? written.slice(0, -1) : written, isWhole };
}
