import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PartyRegister } from '../../contracts';
import { readUner } from '../../personal-data/names/training/training-set';
import { ROOT } from '../corpora';

/** A register whose parties no clean text speaks of. */
export const SOMEBODY: PartyRegister = {
  case: 'clean text',
  requester: 'R',
  parties: [{ id: 'R', role: 'requester', access: 'own', name: 'Oda Skjoldhøj Wammen' }],
};

/** What the grounds of the law say, ground by ground: nobody is named in it. */
export function legalTexts(): string[] {
  const file = readFileSync(join(ROOT, 'src/law/legal-grounds.json'), 'utf8');
  const grounds = JSON.parse(file) as { titleDa: string; provision: string; meaningDa: string }[];
  return grounds.map(({ titleDa, provision, meaningDa }) => `${titleDa}\n${provision}: ${meaningDa}.`);
}

/** News sentences in which nobody is named, ten a text. */
export function newsWithoutPersons(corpora: string): string[] {
  const sentences = [...readUner(corpora, 'dev'), ...readUner(corpora, 'test')]
    .filter(({ words }) => words.every(({ tag }) => !tag.endsWith('-PER')))
    .map(({ text }) => text);
  return Array.from({ length: Math.ceil(sentences.length / 10) }, (_, at) =>
    sentences.slice(10 * at, 10 * at + 10).join('\n'),
  );
}

export const wordCount = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0;
