import type { Sample } from '../../redaction/checks/second-reading';
import type { SampleView } from '../views/kontrol';
import { reviewAddress, type DocumentInHand } from './documents-in-hand';

/** The second reading in words, with its pages in the order of the documents. */
export function sampleView(requestId: string, sample: Sample, documents: DocumentInHand[]): SampleView {
  const titles = new Map(documents.map(({ row, title }) => [row.id, `Dokument ${row.position}, ${title}`]));
  return {
    population: sample.population,
    drawn: sample.pages.length,
    read: sample.read,
    missed: sample.missed,
    sentence: riskInWords(sample),
    pages: sample.pages.map(({ pageId, documentId, side, missed }) => ({
      pageId,
      text: `${titles.get(documentId) ?? 'Dokument'}, side ${side}`,
      href: reviewAddress(requestId, documentId, side),
      isRead: missed !== null,
      missed,
    })),
  };
}

/** What may be said of the pages that nobody has read a second time. */
export function riskInWords(sample: Sample): string {
  const { read, faulty, bound, atMostPages, pages, confidence } = sample;
  if (read === 0)
    return `${pages.length} sider er trukket, og ingen er læst endnu. Der kan endnu intet siges om resten.`;
  const found = faulty === 0 ? 'Intet var overset' : `Noget var overset på ${faulty} af dem`;
  const share = (bound * 100).toLocaleString('da-DK', { maximumFractionDigits: 1 });
  return `${read} af ${pages.length} sider er læst. ${found}. Med ${Math.round(confidence * 100)} procents sikkerhed er der noget overset på højst ${share} procent af siderne; det er højst ${atMostPages} af dem, som ikke er læst igen.`;
}
