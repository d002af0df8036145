import { relateDocuments, type ComparedDocument } from '../gathering/duplicates/relate-documents';
import { round, seconds, type Bench, type Figure } from './bench';
import { labelledRequest } from './duplicates/labelled-documents';
import { relationFigures } from './duplicates/relation-figures';
import { withPeakMemory } from './resident-memory';

const MANY = 5_000;
const PAGES_A_DOCUMENT = 6;

/** Documents that are the same, nearly the same, or quoted whole: how many are found, and how fast in a large request. */
export const duplicatesBench: Bench = {
  name: 'duplicates',
  about: 'finds copies, versions and quoted mails in the labelled set, and relates 5,000 documents',
  async *run(): AsyncIterable<Figure> {
    const { documents, relations } = labelledRequest();
    for (const each of relationFigures(relateDocuments(documents), relations)) {
      const detail = { labelled: each.labelled, found: each.found, documents: documents.length };
      yield { what: `precision, ${each.kind}`, value: round(each.precision * 100), unit: '%', detail };
      yield { what: `recall, ${each.kind}`, value: round(each.recall * 100), unit: '%', detail };
    }
    const many = largeRequest(documents);
    const { result: took, peakBytes } = await withPeakMemory(() => seconds(async () => relateDocuments(many)));
    const characters = many.reduce((sum, { text }) => sum + text.length, 0);
    const detail = { characters, peakMiB: Math.round(peakBytes / 2 ** 20) };
    yield { what: `${MANY} documents of ${PAGES_A_DOCUMENT} pages related`, value: round(took), unit: 's', detail };
  },
};

/** Every document another one, as long as those of a large case. */
function largeRequest(documents: ComparedDocument[]): ComparedDocument[] {
  const words = [...new Set(documents.flatMap(({ text }) => text.split(/\s+/)))];
  let state = 20261122;
  const next = (): number => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) % words.length;
  return Array.from({ length: MANY }, (_, index) => ({
    ...{ id: `d${index}`, number: index + 1, isAttachment: false, isMail: index % 4 === 0, isSentIn: false },
    ...{ pages: PAGES_A_DOCUMENT, hashes: [`${index}`] },
    text: Array.from({ length: PAGES_A_DOCUMENT * 300 }, () => words[next()]).join(' '),
  }));
}
