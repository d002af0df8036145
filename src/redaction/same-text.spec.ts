import type { Span } from '../contracts';
import { occurrencesElsewhere } from './same-text';

const span = (start: number, end: number, over: Partial<Span> = {}): Span => ({
  start,
  end,
  type: 'NAME',
  person: 'T1',
  role: 'neighbour',
  redact: true,
  confidence: 0.9,
  reason: 'x',
  ...over,
});

describe('what is proposed to go in one place is proposed everywhere', () => {
  const first = { id: 'a', text: 'Naboen Gudrun Tofte ringede.' };

  it('finds the same name over a line end and in capitals', () => {
    const added = occurrencesElsewhere(
      [first, { id: 'b', text: 'Svar til Gudrun\nTofte i dag, og GUDRUN TOFTE' }],
      new Map([['a', [span(7, 19)]]]),
    );
    expect(added.get('b')?.map(({ start, end }) => [start, end])).toEqual([
      [9, 21],
      [32, 44],
    ]);
    expect(added.has('a')).toBe(false);
  });

  it('finds a number in another spelling', () => {
    const texts = [
      { id: 'a', text: 'Tlf. 85219036.' },
      { id: 'b', text: 'ring 85 21 90 36 i dag' },
    ];
    const added = occurrencesElsewhere(texts, new Map([['a', [span(5, 13, { type: 'PHONE' })]]]));
    expect(added.get('b')?.map(({ start, end }) => [start, end])).toEqual([[5, 16]]);
  });

  it('adds nothing where a decision is asked for already', () => {
    const added = occurrencesElsewhere([first], new Map([['a', [span(7, 19)]]]));
    expect(added.size).toBe(0);
  });

  it('asks about every place that nobody decides, also when another person of the same name is kept', () => {
    const texts = [first, { id: 'b', text: 'Sagsbehandler Gudrun Tofte' }, { id: 'c', text: 'Gudrun Tofte' }];
    const added = occurrencesElsewhere(
      texts,
      new Map([
        ['a', [span(7, 19)]],
        ['b', [span(14, 26, { redact: false })]],
      ]),
    );
    expect([...added.keys()]).toEqual(['c']);
  });

  it.each([
    ['ADDRESS', 'nr. 15'],
    ['ADDRESS', '1. tv.'],
    ['NAME', 'Gudrun'],
    ['BANK_ACCOUNT', 'konto 4690'],
  ])('does not look for %s "%s", which says too little', (type, text) => {
    const added = occurrencesElsewhere(
      [
        { id: 'a', text },
        { id: 'b', text },
      ],
      new Map([['a', [span(0, text.length, { type: type as Span['type'] })]]]),
    );
    expect(added.size).toBe(0);
  });
});
