import type { PageText } from '../contracts';
import type { HiddenContent, HiddenKind } from '../pdf';
import type { ReadingBlock } from './conversion';
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

/** Kinds whose text is put on pages of its own, where it is read and redacted like any other. */
const HEADINGS: Partial<Record<HiddenKind, string>> = {
  annotation: 'Kommentarer og noter på siderne',
  'form-value': 'Værdier i formularfelter',
  layer: 'Skjulte lag',
  bookmark: 'Bogmærker',
  'replacement-text': 'Tekst, der kun læses op',
};

/** One sentence a kind. What it said stays in the vault; here is only that it was there, and where it went. */
export function hiddenNotes(hidden: HiddenContent[], onPages: ReadonlySet<HiddenKind> = new Set()): FileNote[] {
  const counts = new Map<HiddenKind, number>();
  for (const { kind } of hidden) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return [...counts].map(([kind, count]) => ({
    code: `hidden-${kind}`,
    sentence: `Filen indeholdt ${WORDS[kind]} (${count}), som ikke ses på siderne. ${whereItWent(kind, onPages)}`,
  }));
}

function whereItWent(kind: HiddenKind, onPages: ReadonlySet<HiddenKind>): string {
  if (onPages.has(kind)) return 'Teksten står på en ekstra side til sidst.';
  if (kind === 'attachment') return 'De er taget ud som bilag.';
  return 'Se efter, om de er omfattet.';
}

export interface HiddenPages {
  blocks: ReadingBlock[];
  kinds: ReadonlySet<HiddenKind>;
}

function squeezed(text: string): string {
  return text.replace(/\s+/g, '').toLowerCase();
}

/**
 * What lay hidden in a file and no page says, as text for pages of its own, each text once. A form's values and a comment
 * that is drawn on the page stand there already.
 */
export function hiddenPages(hidden: HiddenContent[], pages: PageText[]): HiddenPages {
  const shown = squeezed(pages.map((page) => page.text).join(''));
  const isUnseen = ({ text }: HiddenContent) => text.split(' · ').some((each) => !shown.includes(squeezed(each)));
  const kinds = new Set<HiddenKind>();
  const blocks: ReadingBlock[] = [];
  for (const [kind, heading] of Object.entries(HEADINGS) as [HiddenKind, string][]) {
    const lines = hidden
      .filter((each) => each.kind === kind && isUnseen(each))
      .map(({ page, text }) => (page === undefined ? text : `Side ${page + 1}: ${text}`));
    if (lines.length === 0) continue;
    kinds.add(kind);
    blocks.push({ kind: 'heading', level: 2, text: heading });
    blocks.push(...[...new Set(lines)].map((text): ReadingBlock => ({ kind: 'paragraph', text })));
  }
  return { blocks, kinds };
}
