import type { PackageFile } from '../decisions/package-file.entity';
import { partInWords } from '../decisions/part-names';

const LABELS: Record<PackageFile['kind'], string> = {
  letter: 'Afgørelse om aktindsigt',
  aktliste: 'Aktliste',
  package: 'Dine dokumenter',
  'reading-html': 'Læseudgave af dine dokumenter (webside)',
  'reading-pdf': 'Læseudgave af dine dokumenter',
  recording: 'Optagelse',
  certificate: 'Bevis for svaret',
  'certificate-data': 'Bevis for svaret (til maskiner)',
};

/** The only type that every reader of Digital Post is known to take; a page of HTML and recordings stay in the portal. */
const SENT_TYPE = 'application/pdf';

export function isSent({ mediaType }: Pick<PackageFile, 'mediaType'>): boolean {
  return mediaType === SENT_TYPE;
}

/** "Dine dokumenter, del 2 af 3". */
export function labelOf({ kind, name }: Pick<PackageFile, 'kind' | 'name'>): string {
  return [LABELS[kind], partInWords(name)].filter(Boolean).join(', ');
}
