import type { ReadingDoubt, ReadingMeasures } from '../../contracts';
import type { RasterReason } from '../../pdf';

const DOUBTS: Record<ReadingDoubt, string> = {
  'no-program': 'Der er intet program på maskinen, som kan læse billeder.',
  'no-words':
    'Der er noget på siden, men ingen ord, som maskinen kan genkende. Det kan være håndskrift, et stempel eller et foto.',
  'low-confidence':
    'Maskinen er ikke sikker på de ord, den har fundet. Det kan være håndskrift eller en dårlig scanning.',
  'unknown-words': 'De fleste af ordene er ikke danske. Siden kan være på et andet sprog eller være læst forkert.',
  'uncovered-ink':
    'En del af siden er ikke læst som ord. Det kan være håndskrift, et stempel, et foto eller en tegning.',
  'text-layer-differs': 'Bag billedet ligger en skjult tekst, som siger noget andet end billedet.',
};

/** Why a page is `ikke maskinlæst`, with its measure of trust. */
export function doubtInWords(doubt: ReadingDoubt | null, measures: ReadingMeasures | null): string {
  return [doubt ? DOUBTS[doubt] : 'Maskinen kan ikke læse siden.', measuresInWords(measures)].filter(Boolean).join(' ');
}

function measuresInWords(measures: ReadingMeasures | null): string {
  if (!measures || measures.words === 0) return '';
  const parts = [
    `${measures.words} ord fundet`,
    `sikkerhed ${percent(measures.confidence)}`,
    ...(measures.knownWords === undefined ? [] : [`${percent(measures.knownWords)} kendte ord`]),
    ...(measures.uncovered > 0 ? [`${String(measures.uncovered).replace('.', ',')} cm² uden ord`] : []),
  ];
  return `Mål: ${parts.join(', ')}.`;
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

const RASTERISED: Record<RasterReason, string> = {
  'content-unreadable': 'Sidens indhold er beskadiget og kunne ikke skilles ad.',
  'tree-unreadable': 'Filens opbygning er beskadiget og kunne ikke følges.',
  'tiling-pattern': 'Siden er tegnet med et mønster, som ikke kan rettes.',
  'soft-mask': 'Siden er tegnet med en gennemsigtig maske, som ikke kan rettes.',
  'clipping-text': 'Siden er tegnet med bogstaver, der beskærer et billede.',
  'nested-too-deep': 'Siden er tegnet i for mange lag.',
  'letters-left': 'Nogle bogstaver kunne ikke fjernes enkeltvis.',
  'letters-moved': 'Anden tekst på siden ville have flyttet sig.',
  'drawing-left': 'En tegning kunne ikke fjernes enkeltvis.',
  'hidden-text-left':
    'I det, siden er tegnet med, lå en skjult tekst, der skulle væk, eller et billede, der ikke kunne læses.',
  'picture-changed': 'Resten af siden ville have ændret udseende.',
};

/** Why a page became a picture when something was removed from it. */
export function rasterisedInWords(reason: string | null): string {
  const why =
    reason && reason in RASTERISED
      ? RASTERISED[reason as RasterReason]
      : 'Det, der skulle væk, kunne ikke fjernes rent.';
  return `${why} Siden er derfor et billede med den øvrige tekst bagved.`;
}
