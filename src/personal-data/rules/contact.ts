import { fold } from '../folding';
import { justBefore, type Finding } from '../finding';
import { matchesNear } from './near';

const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}][\p{L}\p{N}._%+-]{0,63}[ ]?(?:@|\(a\)|\[at\]|\(at\)|\(snabel-?a\)|(?<= )snabel-?a(?= ))[ ]?[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,62}(?:[ ]?\.|[ ]?[[(]dot[\])][ ]?)){1,6}\p{L}{2,24}/gu;
const AT = /@|\(a\)|\[at\]|\(at\)|snabel/g;
const SPOKEN_EMAIL =
  /(?<![\p{L}\p{N}])\p{L}{1,30}(?: (?:punktum|underscore|bindestreg|\p{L}{1,30})){0,4} snabel ?-?a(?: \p{L}{1,30}){1,3} punktum \p{L}{2,12}/gu;
// Two letters and five figures; two figures and three are usually kept apart. Trailers and mopeds have fewer.
const PLATE = /(?<![\p{L}\p{N}-])[A-ZÆØÅ]{2}[ -]?\d{2}[ .-]?\d{3}(?![\p{L}\p{N}]|[-/]\d)/gu;
const LABELLED_PLATE =
  /(?<=\b(?:nummerplade|plade|reg\.?nr|registreringsnummer|indregistreret|nrplade|pl\.?)\b[.: ]{0,3}(?:nr[.: ]{1,2})?)[A-ZÆØÅa-zæøå]{2}[ -]?\d{2}[ .-]?\d{2,3}(?![\p{L}\p{N}])/gu;
/** In messages plates are written small; a word for the car before them tells what they are. */
const SMALL_PLATE =
  /(?<=(?:bil(?:en)?|vogn(?:en)?|varebil(?:en)?|trailer(?:en)?|scooter(?:en)?|knallert(?:en)?|motorcykel(?:en)?|taxa(?:en)?)(?: med)?(?: pladen?)?,? )[a-zæøåA-ZÆØÅ]{2} ?\d{2} ?\d{2,3}(?![\p{L}\p{N}]|[-/]\d)/gu;
const VIN =
  /(?<![\p{L}\p{N}])(?=[A-HJ-NPR-Z0-9]{0,16}\d)(?=[A-HJ-NPR-Z0-9]{0,16}[A-Z])[A-HJ-NPR-Z0-9]{17}(?![\p{L}\p{N}])/gu;
const USERNAME =
  /(?<=\b(?:bruger(?:navn)?|snap|insta(?:gram)?|brugerid|login|messenger|under)\b[ :=]{1,3})[\p{L}][\p{L}\p{N}]{0,30}[._-]?[\p{L}\p{N}]{0,30}[_\d-][\p{L}\p{N}._-]{0,30}/giu;
const NOT_PLATE = /(?:sag|sags|faktura|dok|journal|pas|id|udl|ean|lb|rum|lok)[-. ]?(?:nr|nummer)?[.:= ]*$/u;

/** E-mail addresses, also with `(a)` or spoken. */
export function findEmails(text: string): Finding[] {
  // Dictation is rare and its pattern slow: it is asked only where somebody says the sign.
  const spoken = /snabel ?-?a/.test(text) ? text.matchAll(SPOKEN_EMAIL) : [];
  return [...matchesNear(text, EMAIL, AT, 70, 200), ...spoken].map((match) => ({
    start: match.index,
    end: match.index + match[0].length,
    type: 'EMAIL',
    confidence: 0.97,
    value: fold(match[0])
      .replace(/\(a\)|\[at\]|\(at\)|\(snabel-?a\)/, '@')
      .replace(/ ?[[(]dot[\])] ?| \./g, '.')
      .replace(/ snabel ?-?a /, '@')
      .replace(/ punktum /g, '.')
      .replace(/ underscore /g, '_')
      .replace(/ bindestreg /g, '-')
      .replace(/\s/g, '.'),
  }));
}

/** Number plates and chassis numbers. */
export function findPlates(text: string, folded: string): Finding[] {
  return [
    ...matchesNear(text, PLATE, /[A-ZÆØÅ]{2}[ -]?\d\d/g, 0, 12),
    ...matchesNear(text, LABELLED_PLATE, /(?:plade|n?r|et|pl)[.: ]{0,5}[A-ZÆØÅa-zæøå]{2}[ -]?\d\d/g, 30, 12),
    ...matchesNear(text, SMALL_PLATE, /[a-zæøå],? [a-zæøåA-ZÆØÅ]{2} ?\d\d/g, 30, 12),
    ...matchesNear(text, VIN, /[A-HJ-NPR-Z0-9]{17}/g, 0, 2),
  ]
    .filter((match) => !NOT_PLATE.test(justBefore(folded, match.index, 16)))
    .map((match) => ({
      start: match.index,
      end: match.index + match[0].length,
      type: 'PLATE',
      confidence: 0.9,
      value: fold(match[0]).replace(/[^a-z0-9æøå]/g, ''),
    }));
}

/** User names on social media after a word that announces one. */
export function findUsernames(text: string): Finding[] {
  return [...text.matchAll(USERNAME)].map((match) => ({
    start: match.index,
    end: match.index + match[0].replace(/[._-]+$/, '').length,
    type: 'USERNAME',
    confidence: 0.7,
    value: fold(match[0]),
  }));
}
