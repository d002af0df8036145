import type { HiddenContent, HiddenKind } from '../pdf';
import type { FileNote } from './file.entity';

const WORDS: Record<HiddenKind, string> = {
  annotation: 'kommentarer eller noter oven på siden',
  'form-value': 'udfyldte formularfelter',
  attachment: 'vedhæftede filer inde i filen',
  layer: 'skjulte lag',
  metadata: 'oplysninger om filen selv',
  bookmark: 'bogmærker',
  script: 'programkode',
  'replacement-text': 'tekst, der kun læses op',
};

/** One sentence a kind. What it said stays in the vault; here is only that it was there. */
export function hiddenNotes(hidden: HiddenContent[]): FileNote[] {
  const counts = new Map<HiddenKind, number>();
  for (const { kind } of hidden) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({
    code: `hidden-${kind}`,
    sentence: `Filen indeholdt ${WORDS[kind]} (${count}), som ikke ses på siderne. Se efter, om de er omfattet.`,
  }));
}
