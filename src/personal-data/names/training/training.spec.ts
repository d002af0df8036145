import { gzipSync } from 'node:zlib';
import { read } from '../../tokens';
import { BEGINS, PLACE } from '../labels';
import { decodeModel, encodeModel } from '../model-file';
import { namesIn, TrainedNames } from '../name-model';
import { ExampleMaker } from './examples';
import { readIob2 } from './iob2';
import { LabelledTextBuilder, type LabelledText } from './labelled-text';
import { inCapitals, misread, mistyped, withoutDanishLetters } from './noise';
import { Random } from './random';
import { countNames, figuresOf } from './scores';
import { train } from './training';

const SETTINGS = { epochs: 4, rate: 0.1, decay: 0.002, averaged: 2 };

/** "X ringede fra Y." with made-up names: enough to learn that the first is a person and the second a place. */
function lesson(person: string, place: string): LabelledText {
  return new LabelledTextBuilder().add(person, BEGINS).add(' ringede fra ').add(place, PLACE).add('.').done();
}
const LESSONS = ['Zobo', 'Plim Krat', 'Vyx', 'Ulmo Tarn', 'Snirp', 'Grolle'].map((name, at) =>
  lesson(name, ['Knasby', 'Plonk', 'Truds'][at % 3]!),
);

function trained(): Buffer {
  const maker = new ExampleMaker();
  const examples = LESSONS.flatMap((text) => maker.of(text));
  return encodeModel(train(examples, SETTINGS, new Random(5)));
}

describe('training of the name model', () => {
  it('learns who is a person from marked sentences', () => {
    const model = new TrainedNames(decodeModel(trained()));
    const text = 'Krimpel ringede fra Sluk.';
    const reading = read(text);
    const names = namesIn(reading, model.probabilities(reading, 'prose'), 0.5);
    expect(names.map(({ start, end }) => text.slice(start, end))).toEqual(['Krimpel']);
  });

  it('writes the same file twice, byte for byte', () => expect(trained().equals(trained())).toBe(true));

  it('refuses a model of another version', () => {
    const header = Buffer.from(
      JSON.stringify({ format: 'names-0', labels: [], features: 1, scales: [], transitions: [] }),
    );
    const size = Buffer.alloc(4);
    size.writeUInt32LE(header.length);
    expect(() => decodeModel(gzipSync(Buffer.concat([size, header])))).toThrow(/train:names/);
  });
});

describe('noise', () => {
  it.each([
    ['capitals', inCapitals],
    ['no Danish letters', withoutDanishLetters],
    ['typing errors', (text: LabelledText) => mistyped(text, 0.3, new Random(3))],
    ['misread letters', (text: LabelledText) => misread(text, 0.3, new Random(3))],
  ])('keeps labels on their words: %s', (_name, noisy) => {
    const before = lesson('Sørine Kjærsgaard', 'Ærøskøbing');
    const after = noisy(before);
    expect(after.spans.map(({ label }) => label)).toEqual([BEGINS, PLACE]);
    const [person, place] = after.spans;
    expect(after.text.slice(person!.end, place!.start).length).toBeGreaterThan(5);
    expect(place!.end).toBe(after.text.length - 1);
    expect(person!.start).toBe(0);
  });
});

describe('a corpus in IOB2', () => {
  const sentence =
    '# text = Bo Lund bor i Hobro.\n1\tBo\tB-PER\n2\tLund\tI-PER\n3\tbor\tO\n4\ti\tO\n5\tHobro\tB-LOC\n6\t.\tO\n';

  it('is read with every name at its place', () => {
    const { text, spans } = readIob2(sentence)[0]!;
    expect(spans.map(({ start, end }) => text.slice(start, end))).toEqual(['Bo Lund', 'Hobro']);
  });

  it('is scored by whole names and by words', () => {
    const [one] = readIob2(sentence);
    expect(figuresOf([countNames(one!, [{ start: 0, end: 7 }])])).toMatchObject({ f1: 100, wordRecall: 100 });
    expect(figuresOf([countNames(one!, [{ start: 0, end: 2 }])])).toMatchObject({ f1: 0, wordRecall: 50 });
  });

  it('is refused when a word is not in its text', () => {
    expect(() => readIob2('# text = Bo\n1\tLis\tO\n')).toThrow(/damaged/);
  });
});
