import { planOf, type ListedDocument, type Plan } from './plan';
import type { ReturnedLine } from './read-list';
import { reasonCell } from './reason-codes';

const PRIVATE = 'Tavshedsbelagte oplysninger – private forhold';

function document(number: number, change: Partial<ListedDocument> = {}): ListedDocument {
  return {
    id: `id-${number}`,
    number,
    sourceDocumentId: String(number * 100),
    title: `Brev ${number}`,
    basis: 'FVL_PART',
    outcome: 'open',
    withheldGround: null,
    withheldReason: null,
    removed: 0,
    isProtected: false,
    hasFinding: false,
    ...change,
  };
}

function line(number: number, answers: Partial<ReturnedLine>): ReturnedLine {
  return { row: number + 1, number: String(number), id: String(number * 100), ...answers };
}

const acts = ({ changes }: Plan): unknown[] => changes.map(({ document: { number }, act }) => [number, act]);

describe('a list of documents that comes back', () => {
  it.each([
    ['FVL_PART', 'Internt dokument – ufærdigt arbejdsdokument', 'FVL-12'],
    ['FVL_PART', 'Tavshedsbelagte – private forhold', 'FVL-15B-5'],
    ['OFL_ALLE', 'tavshedsbelagte oplysninger - PRIVATE forhold', 'OFL-30-1'],
    ['OFL_ALLE', 'Tavshedsbelagte oplysninger – forretningsforhold', 'OFL-30-2'],
    ['FVL_PART', 'Særlige dokumenter – sagkyndig rådgiver', 'FVL-14-3'],
    ['OFL_ALLE', 'Særlige dokumenter – straffesag', 'OFL-19'],
  ] as const)('withholds under %s for "%s" by %s', (basis, reason, groundId) => {
    const plan = planOf([line(1, { covered: 'Ja', access: 'Nej', reason })], [document(1, { basis })]);
    expect(plan.changes).toMatchObject([{ act: { kind: 'withhold', groundId } }]);
  });

  it('puts what stands after the code into the letter, and the code itself where nothing does', () => {
    const lines = [
      line(1, { access: 'Nej', reason: `${PRIVATE}: naboens helbred er beskrevet` }),
      line(2, { access: 'Nej', reason: PRIVATE }),
    ];
    expect(acts(planOf(lines, [document(1), document(2)]))).toMatchObject([
      [1, { reason: 'naboens helbred er beskrevet' }],
      [2, { reason: PRIVATE }],
    ]);
  });

  it('sets a document outside, and opens one again that is to be given after all', () => {
    const shut = { outcome: 'withheld' as const, withheldGround: 'FVL-15B-5', withheldReason: 'en andens forhold' };
    const lines = [
      line(1, { covered: 'nej' }),
      line(2, { covered: 'Ja', access: 'Ja' }),
      line(3, { access: 'Delvis' }),
    ];
    const plan = planOf(lines, [document(1), document(2, shut), document(3, { outcome: 'outside' })]);
    expect(acts(plan)).toEqual([
      [1, { kind: 'outside' }],
      [2, { kind: 'reopen' }],
      [3, { kind: 'reopen' }],
    ]);
  });

  it('changes nothing that stands as the list says, above all not in a list that comes back untouched', () => {
    const shut = { outcome: 'withheld' as const, withheldGround: 'FVL-15B-5', withheldReason: 'en andens forhold' };
    const other = { ...shut, withheldGround: 'FVL-15-1' };
    const lines = [
      line(1, { covered: 'Ja', access: 'Nej', reason: reasonCell('FVL-15B-5', 'en andens forhold') }),
      line(2, { covered: 'Ja', access: 'Nej', reason: reasonCell('FVL-15-1', 'en andens forhold') }),
      line(3, { covered: 'Nej' }),
      line(4, { covered: 'Ja', access: 'Ja' }),
      line(5, { covered: 'Ja', access: 'Delvis' }),
    ];
    const documents = [
      document(1, shut),
      document(2, other),
      document(3, { outcome: 'outside' }),
      document(4),
      document(5, { removed: 2 }),
    ];
    expect(planOf(lines, documents)).toEqual({ changes: [], refused: [], notes: [], missing: [], unchanged: 5 });
  });

  it.each([
    ['a Dok ID that is not there', { id: '999' }, 'Der er intet dokument med Dok ID 999'],
    ['no Dok ID', { id: '' }, 'intet Dok ID'],
    ['another word than Ja or Nej', { covered: 'måske' }, 'Omfattet skal være Ja eller Nej'],
    ['another answer than the three', { access: 'x' }, 'Ja, Nej eller Delvis'],
    ['no reason', { access: 'Nej', reason: '' }, 'ikke en af standardbegrundelserne'],
    [
      'a reason without a ground',
      { access: 'Nej', reason: 'Tavshedsbelagte – andet' },
      'ingen bestemmelse af sig selv',
    ],
  ])('says in a sentence what to do with a line of %s', (_what, answers, words) => {
    const { changes, refused } = planOf([line(1, answers)], [document(1)]);
    expect(changes).toEqual([]);
    expect(refused).toMatchObject([{ row: 2, words: expect.stringContaining(words) }]);
  });

  it('leaves a document alone whose case may not be known, that is a copy, or that may be misfiled', () => {
    const documents = [
      document(1, { isProtected: true }),
      document(2, { outcome: 'duplicate' }),
      document(3, { hasFinding: true }),
    ];
    const plan = planOf(
      [1, 2, 3].map((number) => line(number, { covered: 'Nej' })),
      documents,
    );
    expect(plan.changes).toEqual([]);
    expect([...plan.refused, ...plan.notes]).toHaveLength(3);
  });

  it('tells of documents without a line, of lines about the same document, and of what was not filled in', () => {
    const lines = [line(1, { covered: 'Nej' }), { ...line(1, { covered: 'Ja', access: 'Ja' }), row: 9 }, line(2, {})];
    const plan = planOf(lines, [document(1), document(2), document(3)]);
    expect(plan.refused).toMatchObject([{ row: 9, words: expect.stringContaining('række 2') }]);
    expect(plan.notes).toMatchObject([{ words: expect.stringContaining('ikke udfyldt') }]);
    expect(plan.missing.map(({ number }) => number)).toEqual([3]);
  });

  it('takes the number where two cases have a document of the same id', () => {
    const documents = [document(1, { sourceDocumentId: 'x' }), document(2, { sourceDocumentId: 'x' })];
    expect(acts(planOf([{ row: 2, id: 'x', number: '2', covered: 'Nej' }], documents))).toEqual([
      [2, { kind: 'outside' }],
    ]);
    expect(planOf([{ row: 2, id: 'x', covered: 'Nej' }], documents).refused).toHaveLength(1);
  });

  it('accounts for every line and every document exactly once', () => {
    const documents = Array.from({ length: 30 }, (_, index) => document(index + 1, { removed: index % 3 }));
    const answers = ['Ja', 'Nej', 'Delvis', '', 'x'];
    const lines = documents
      .slice(0, 25)
      .map(({ number }) => line(number, { access: answers[number % 5], reason: PRIVATE }));
    const { changes, refused, notes, unchanged, missing } = planOf(lines, documents);
    expect(changes.length + refused.length + notes.length + unchanged).toBe(25);
    expect(missing).toHaveLength(5);
  });
});
