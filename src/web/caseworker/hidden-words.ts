import type { HiddenContent, HiddenKind } from '../../pdf';

const KINDS: Record<HiddenKind, string> = {
  annotation: 'Kommentar',
  'form-value': 'Formularfelt',
  attachment: 'Vedhæftet fil',
  layer: 'Skjult lag',
  metadata: 'Om filen',
  bookmark: 'Bogmærke',
  script: 'Programkode',
  'replacement-text': 'Tekst, der læses op',
};
/** More than this is read in the original. */
const LONGEST = 400;

export function hiddenInWords(hidden: HiddenContent[]): { kind: string; text: string }[] {
  return hidden.map((each) => ({ kind: KINDS[each.kind], text: textOf(each) }));
}

function textOf({ text, page }: HiddenContent): string {
  const where = page === undefined ? '' : ` (side ${page + 1})`;
  const said = text.trim() === '' ? 'uden tekst' : text.trim();
  return `${said.length > LONGEST ? `${said.slice(0, LONGEST)} …` : said}${where}`;
}
