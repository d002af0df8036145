import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withModelNames } from './add-model-names';
import { TransformerNameModel } from './name-model';
import { WordPieces } from './word-pieces';

/** Protocol Buffers, as much as a tiny ONNX model needs. */
const varint = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)]);
const int = (field: number, value: number): number[] => [...varint(field << 3), ...varint(value)];
const bytes = (field: number, content: number[]): number[] => [
  ...varint((field << 3) | 2),
  ...varint(content.length),
  ...content,
];
const text = (field: number, content: string): number[] => bytes(field, [...Buffer.from(content)]);

const INT64 = 7;
const FLOAT = 1;

/** A table of logits by piece: `logits = Gather(table, input_ids)`. Weights are the model; nothing else is needed. */
function tinyModel(rows: number[][]): Buffer {
  const table = [
    ...int(1, rows.length),
    ...int(1, rows[0].length),
    ...int(2, FLOAT),
    ...text(8, 'table'),
    ...bytes(9, [...Buffer.from(Float32Array.from(rows.flat()).buffer)]),
  ];
  const shaped = (name: string, type: number, dims: string[]): number[] => {
    const shape = dims.flatMap((dim) => bytes(1, text(2, dim)));
    return [...text(1, name), ...bytes(2, bytes(1, [...int(1, type), ...bytes(2, shape)]))];
  };
  const node = [...text(1, 'table'), ...text(1, 'input_ids'), ...text(2, 'logits'), ...text(4, 'Gather')];
  const graph = [
    ...bytes(1, node),
    ...text(2, 'tiny'),
    ...bytes(5, table),
    ...bytes(11, shaped('input_ids', INT64, ['batch', 'length'])),
    ...bytes(12, shaped('logits', FLOAT, ['batch', 'length', 'labels'])),
  ];
  return Buffer.from([...int(1, 8), ...bytes(7, graph), ...bytes(8, int(2, 13))]);
}

const VOCABULARY = ['[UNK]', '[CLS]', '[SEP]', 'Bir', '##git', 'Ravn', 'ringer', '.'];
/** O, B-PER, I-PER by piece. */
const LOGITS = VOCABULARY.map((piece) => (piece === 'Bir' ? [0, 6, 0] : piece === 'Ravn' ? [0, 0, 6] : [6, 0, 0]));

describe('the optional transformer for names', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'aktindsigt-model-'));
    writeFileSync(join(folder, 'model.onnx'), tinyModel(LOGITS));
    const vocab = Object.fromEntries(VOCABULARY.map((piece, id) => [piece, id]));
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'WordPiece', vocab } }));
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ id2label: { 0: 'O', 1: 'B-PER', 2: 'I-PER' } }));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('finds a name of several words and pieces, with offsets into the text', async () => {
    const model = await TransformerNameModel.open(folder);
    const written = 'I dag ringer Birgit Ravn.';
    const [name, ...more] = await model.namesIn(written);
    expect(written.slice(name.start, name.end)).toBe('Birgit Ravn');
    expect(name.confidence).toBeGreaterThan(0.9);
    expect(more).toEqual([]);
  });

  it('reads a text longer than its window and gives a name at the seam once', async () => {
    const model = await TransformerNameModel.open(folder);
    const written = `${'ringer '.repeat(340)}Birgit Ravn ${'ringer '.repeat(400)}Birgit Ravn.`;
    const names = await model.namesIn(written);
    expect(names.map(({ start, end }) => written.slice(start, end))).toEqual(['Birgit Ravn', 'Birgit Ravn']);
  });

  it('adds only what nobody else found, as somebody unknown', () => {
    const known = {
      start: 0,
      end: 6,
      type: 'NAME' as const,
      person: 'T1',
      role: 'nabo',
      redact: true,
      confidence: 1,
      reason: '',
    };
    const spans = withModelNames(
      [known],
      [
        { start: 0, end: 11, confidence: 0.9 },
        { start: 20, end: 25, confidence: 0.6 },
      ],
    );
    expect(spans).toHaveLength(2);
    expect(spans[1]).toMatchObject({ start: 20, type: 'NAME', person: null, redact: true });
  });

  it('says which file is missing, and which label', async () => {
    writeFileSync(join(folder, 'config.json'), JSON.stringify({ id2label: { 0: 'O', 1: 'B-LOC' } }));
    await expect(TransformerNameModel.open(folder)).rejects.toThrow(/no label for a person/);
    rmSync(join(folder, 'model.onnx'));
    await expect(TransformerNameModel.open(folder)).rejects.toThrow(/has no model\.onnx/);
  });

  it('splits by the most probable pieces when the vocabulary is a Unigram one', () => {
    const vocab = [
      ['<unk>', 0],
      ['▁Bir', -2],
      ['git', -2],
      ['▁', -4],
      ['B', -9],
      ['▁Birgit', -9],
    ];
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'Unigram', unk_id: 0, vocab } }));
    const pieces = WordPieces.read(join(folder, 'tokenizer.json')).of('Hr. Birgit');
    expect(pieces.slice(-2)).toEqual([
      { id: 1, start: 4, end: 7, opensWord: true },
      { id: 2, start: 7, end: 10, opensWord: false },
    ]);
  });

  it('refuses a vocabulary that it cannot read', () => {
    writeFileSync(join(folder, 'tokenizer.json'), JSON.stringify({ model: { type: 'BPE', vocab: {} } }));
    expect(() => WordPieces.read(join(folder, 'tokenizer.json'))).toThrow(/BPE/);
  });
});
