import { danishDay, longDate } from '../../law';
import type { DataKind, Incident } from './incident.entity';

/** In a sentence: "navne, adresser og oplysninger om helbred". */
export const KINDS_IN_WORDS: Record<DataKind, string> = {
  names: 'navne',
  addresses: 'adresser',
  cpr: 'personnumre',
  health: 'oplysninger om helbred',
  social: 'oplysninger om sociale forhold',
  economy: 'oplysninger om økonomi',
  crime: 'oplysninger om strafbare forhold',
  children: 'oplysninger om børn',
  other: 'andre oplysninger',
};

export function kindsInWords(kinds: readonly DataKind[]): string {
  const words = kinds.map((kind) => KINDS_IN_WORDS[kind]);
  if (words.length === 0) return 'personoplysninger';
  return words.length === 1 ? words[0] : `${words.slice(0, -1).join(', ')} og ${words.at(-1)}`;
}

/** "side 3", "siderne 3–5 og 9". Pages in order; empty for none. */
export function pagesInWords(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}–${to}`));
  const list = words.length > 1 ? `${words.slice(0, -1).join(', ')} og ${words.at(-1)}` : (words[0] ?? '');
  return pages.length === 1 ? `side ${list}` : list && `siderne ${list}`;
}

/** To one who got too much: what it is about, what he or she is asked to do, and that the rest stands. */
export function recipientText(number: string, sentAt: Date, pages: readonly number[]): string {
  const { where, what, it } = wordsFor(pages);
  return [
    `Den ${longDate(danishDay(sentAt))} sendte vi dig vores svar på din anmodning om aktindsigt, ${number}. Ved en fejl fik du oplysninger, som du ikke skulle have haft. De står ${where}.`,
    `Vi beder dig om at slette ${what}, både i din Digital Post og andre steder, hvor du har gemt ${it}, og om ikke at give oplysningerne videre. Skriv eller ring til os, når du har gjort det, eller hvis andre har set oplysningerne.`,
    'Det er vores fejl, og den får ikke betydning for din sag.',
  ].join('\n\n');
}

function wordsFor(pages: readonly number[]): { where: string; what: string; it: string } {
  if (pages.length === 0) return { where: 'i svaret', what: 'svaret', it: 'det' };
  const where = `på ${pagesInWords(pages)} i »aktindsigt.pdf«`;
  return pages.length === 1 ? { where, what: 'siden', it: 'den' } : { where, what: 'siderne', it: 'dem' };
}

/** To one whose data others got, GDPR article 34(2): nature, consequences, measures, whom to ask. It names nobody else. */
export function concernedText(
  incident: Pick<Incident, 'kinds' | 'noticedAt'>,
  authority: string,
  dpoEmail: string,
): string {
  return [
    `${authority} har ved en fejl givet oplysninger om dig til en, der ikke skulle have haft dem. Det skete, da vi besvarede en anmodning om aktindsigt. Vi opdagede det den ${longDate(danishDay(incident.noticedAt))}.`,
    `Det drejer sig om ${kindsInWords(incident.kinds)}.`,
    'Det kan betyde, at en anden kender til forhold, du ønsker at holde for dig selv. Vi har bedt den, der fik oplysningerne, om at slette dem og om ikke at give dem videre.',
    'Du behøver ikke gøre noget. Er der noget, vi skal tage hensyn til, for eksempel at din adresse ikke må kendes, så ring til os.',
    `Du kan spørge kommunens databeskyttelsesrådgiver på ${dpoEmail}. Du kan også klage til Datatilsynet.`,
  ].join('\n\n');
}
