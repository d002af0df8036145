import { labelledRequest } from '../../bench/duplicates/labelled-documents';
import { relationFigures } from '../../bench/duplicates/relation-figures';
import { relateDocuments, type ComparedDocument } from './relate-documents';

const LETTER =
  'Vi har den 4. marts 2024 modtaget din ansøgning om hjælp til flytning. Vi mangler en kopi af din nye lejekontrakt.';

function document(number: number, more: Partial<ComparedDocument> = {}): ComparedDocument {
  return {
    ...{ id: `d${number}`, number, isAttachment: false, isMail: false, isSentIn: false, pages: 1 },
    ...{ hashes: [`hash-${number}`], text: `Dokument ${number}`, ...more },
  };
}

describe('documents that are the same', () => {
  it('stand under the one that was filed on its own, not under the attachment, though that came first', () => {
    const relations = relateDocuments([
      document(1, { hashes: ['a'], isAttachment: true }),
      document(2, { hashes: ['a'] }),
    ]);
    expect(relations).toEqual([{ documentId: 'd1', relatedTo: 'd2', kind: 'same-bytes', similarity: 1 }]);
  });

  it('stand under what the citizen sent in, since that is given as a rule', () => {
    const [relation] = relateDocuments([
      document(1, { hashes: ['a'] }),
      document(2, { hashes: ['a'], isSentIn: true }),
    ]);
    expect(relation).toMatchObject({ documentId: 'd1', relatedTo: 'd2' });
  });

  it('are told by their text when a system has made another file of it', () => {
    const [relation] = relateDocuments([
      document(1, { text: LETTER }),
      document(2, { text: LETTER.replace(/ansøgning om /, 'ansøg-\nning\nom ').toUpperCase() }),
    ]);
    expect(relation).toMatchObject({ documentId: 'd2', relatedTo: 'd1', kind: 'same-text' });
  });

  it('are not the same when one has more pages: a picture on the further page has no text', () => {
    const [relation] = relateDocuments([document(1, { text: LETTER }), document(2, { text: LETTER, pages: 2 })]);
    expect(relation?.kind).not.toBe('same-text');
  });

  it('are not told by a text of a few words', () => {
    expect(relateDocuments([document(1, { text: 'Se vedlagte.' }), document(2, { text: 'Se vedlagte.' })])).toEqual([]);
  });

  it('are not told by files whose hash is unknown', () => {
    expect(relateDocuments([document(1, { hashes: [] }), document(2, { hashes: [] })])).toEqual([]);
  });

  it('stand under one document only: a version of a copy stands under what the copy stands under', () => {
    const relations = relateDocuments([
      document(1, { text: LETTER, hashes: ['a'] }),
      document(2, { text: LETTER, hashes: ['a'] }),
      document(3, { text: `${LETTER} Send den senest den 4. april 2024.` }),
    ]);
    expect(relations.map(({ documentId, relatedTo }) => [documentId, relatedTo])).toEqual([
      ['d2', 'd1'],
      ['d3', 'd1'],
    ]);
  });
});

describe('a mail', () => {
  const question =
    'Fra: Ida\nEmne: Bolig\n\nHvornår kan jeg flytte ind i den nye lejlighed på Engvej? Jeg har opsagt den gamle.';
  const answer = (quoted: string): string =>
    `Fra: Kommunen\nEmne: SV: Bolig\n\nDu kan få nøglen den første i næste måned, når depositum er betalt.\n\nFra: Ida\nSendt: 3. maj\nTil: Kommunen\nEmne: Bolig\n\n${quoted}`;
  const words = question.split('\n\n')[1];

  it('stands under a later one that quotes it whole', () => {
    const relations = relateDocuments([
      document(1, { isMail: true, text: question }),
      document(2, { isMail: true, text: answer(words) }),
    ]);
    expect(relations).toEqual([{ documentId: 'd1', relatedTo: 'd2', kind: 'quoted', similarity: 1 }]);
  });

  it('stands alone when the later one has cut something out of it', () => {
    const relations = relateDocuments([
      document(1, { isMail: true, text: question }),
      document(2, { isMail: true, text: answer(words.slice(0, 50)) }),
    ]);
    expect(relations).toEqual([]);
  });
});

describe('the labelled set', () => {
  const { documents, relations } = labelledRequest();

  it('is related with a precision and a recall of at least 95 %', () => {
    const any = relationFigures(relateDocuments(documents), relations).find(({ kind }) => kind === 'any');
    expect(any?.labelled).toBeGreaterThan(50);
    expect(any?.precision).toBeGreaterThanOrEqual(0.95);
    expect(any?.recall).toBeGreaterThanOrEqual(0.95);
  });

  it('holds no copy that is none: what is collapsed without asking is the same', () => {
    const exact = relationFigures(relateDocuments(documents), relations).filter(({ kind }) => /^same/.test(kind));
    expect(exact.map(({ precision }) => precision)).toEqual([1, 1]);
  });
});
