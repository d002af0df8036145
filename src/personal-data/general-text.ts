import type { Finding } from './finding';
import { lexicon } from './lexicon';
import type { NamedReading } from './name-mentions';
import type { NameRun } from './name-runs';
import { trainedNames } from './names/name-model';
import type { People } from './people';
import { speaksOfCitizen } from './relations';

/** In a text about nobody of the case a name is proposed when the model, reading it as prose, gives a word of it this much. */
const LIKELY_IN_PROSE = 0.5;
const SHORTEST_NAME = 4;
/** A title, a message or a leaf says too little to be taken for a general text. */
const FEWEST_WORDS = 60;

interface ReadText extends NamedReading {
  identifiers: Finding[];
}

/**
 * The documents that speak of nobody of the case: a law, a guide, a cutting from a newspaper. They name no party, do not
 * speak of the citizen and hold no number or address. A capital or "manden" points at somebody in a file, and at nobody
 * there. Asked before the texts add persons to those of the register.
 */
export function generalDocuments(people: People, texts: readonly ReadText[]): Set<string> {
  const words = new Map<string, number>();
  for (const { document, reading } of texts) words.set(document, (words.get(document) ?? 0) + reading.tokens.length);
  const general = new Set([...words].filter(([, count]) => count >= FEWEST_WORDS).map(([document]) => document));
  for (const text of texts) if (general.has(text.document) && isOfCase(people, text)) general.delete(text.document);
  return general;
}

function isOfCase(people: People, { identifiers, reading, runs }: ReadText): boolean {
  if (identifiers.length > 0 || speaksOfCitizen(reading)) return true;
  if (runs.some(({ words }) => people.match(words) !== null)) return true;
  const known = lexicon();
  return reading.tokens.some(
    ({ folded }) =>
      folded.length >= SHORTEST_NAME && people.knows(folded) && !known.isWord(folded) && !known.isPlace(folded),
  );
}

/** The names of a general text that the trained model sees as well. */
export function likelyNames({ reading, runs }: NamedReading): NameRun[] {
  if (runs.length === 0) return [];
  const { person } = trainedNames().probabilities(reading, 'prose');
  return runs.filter(({ tokens }) => tokens.some(({ index }) => person[index]! >= LIKELY_IN_PROSE));
}
