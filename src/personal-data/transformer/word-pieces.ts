import { readFileSync } from 'node:fs';

/** One piece of a word, as the model reads it. Offsets are UTF-16 units of the text. */
export interface Piece {
  id: number;
  start: number;
  end: number;
  /** The first piece of its word: the word takes its label. */
  opensWord: boolean;
}

/** What of a `tokenizer.json` (Hugging Face tokenizers) is needed for WordPiece and Unigram vocabularies. */
interface TokenizerFile {
  normalizer?: { lowercase?: boolean } | null;
  added_tokens?: { id: number; content: string }[];
  model: {
    type?: string;
    unk_token?: string;
    unk_id?: number;
    continuing_subword_prefix?: string;
    max_input_chars_per_word?: number;
    vocab: Record<string, number> | [string, number][];
  };
}

type SplitWord = (word: string) => { id: number; length: number }[];

const WORD = /[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu;
const BLANK = '▁';
const LONGEST_PIECE = 32;
const UNKNOWN_SCORE = -20;

/** Splits texts as the model was trained to read them. */
export class WordPieces {
  readonly opens: number;
  readonly closes: number;

  private constructor(
    private readonly split: SplitWord,
    private readonly lowercase: boolean,
    special: ReadonlyMap<string, number>,
  ) {
    this.opens = special.get('[CLS]') ?? special.get('<s>') ?? 0;
    this.closes = special.get('[SEP]') ?? special.get('</s>') ?? 0;
  }

  /** @throws Error with a whole sentence when the file's kind of vocabulary is not known */
  static read(path: string): WordPieces {
    const file = JSON.parse(readFileSync(path, 'utf8')) as TokenizerFile;
    const { model } = file;
    const isUnigram = Array.isArray(model.vocab);
    if (!isUnigram && model.type !== undefined && model.type !== 'WordPiece')
      throw new Error(
        `The tokenizer of the language model is of the kind ${model.type}. WordPiece and Unigram can be read: choose a model that has one of them.`,
      );
    const special = new Map((file.added_tokens ?? []).map(({ content, id }) => [content, id]));
    if (!isUnigram)
      for (const [piece, id] of Object.entries(model.vocab)) if (/^[[<]/.test(piece)) special.set(piece, id);
    return new WordPieces(isUnigram ? unigram(model) : wordPiece(model), file.normalizer?.lowercase === true, special);
  }

  of(text: string): Piece[] {
    const pieces: Piece[] = [];
    for (const match of text.matchAll(WORD)) {
      const word = this.lowercase ? match[0].toLowerCase() : match[0];
      let start = match.index;
      const isGlued = start > 0 && !/\s/.test(text[start - 1] as string);
      for (const [index, { id, length }] of this.split(isGlued ? word : `${BLANK}${word}`).entries()) {
        const end = Math.min(match.index + match[0].length, start + length);
        pieces.push({ id, start, end, opensWord: index === 0 });
        start = end;
      }
    }
    return pieces;
  }
}

/** Longest piece first, the rest with the prefix of a continued word (Devlin et al. 2019). */
function wordPiece({
  vocab,
  unk_token = '[UNK]',
  continuing_subword_prefix: prefix = '##',
  ...model
}: TokenizerFile['model']): SplitWord {
  const ids = vocab as Record<string, number>;
  const unknown = ids[unk_token] ?? 0;
  return (marked) => {
    const word = marked.replace(BLANK, '');
    const pieces: { id: number; length: number }[] = [];
    for (let from = 0; from < word.length;) {
      let to = word.length;
      const pieceTo = (end: number): string => (from > 0 ? prefix : '') + word.slice(from, end);
      while (to > from && ids[pieceTo(to)] === undefined) to -= 1;
      if (to === from || word.length > (model.max_input_chars_per_word ?? 100))
        return [{ id: unknown, length: word.length }];
      pieces.push({ id: ids[pieceTo(to)] as number, length: to - from });
      from = to;
    }
    return pieces;
  };
}

/** The most probable split of a word (Kudo 2018), found by the Viterbi algorithm; a blank before it is written `▁`. */
function unigram({ vocab, unk_id: unknown = 0 }: TokenizerFile['model']): SplitWord {
  const scores = new Map((vocab as [string, number][]).map(([piece, score], id) => [piece, { id, score }]));
  return (word) => {
    const best: { score: number; from: number; id: number }[] = [{ score: 0, from: 0, id: unknown }];
    for (let end = 1; end <= word.length; end += 1) {
      for (let from = Math.max(0, end - LONGEST_PIECE); from < end; from += 1) {
        const before = best[from];
        const piece =
          scores.get(word.slice(from, end)) ?? (end - from === 1 ? { id: unknown, score: UNKNOWN_SCORE } : null);
        if (!before || !piece) continue;
        const score = before.score + piece.score;
        if (!best[end] || score > best[end].score) best[end] = { score, from, id: piece.id };
      }
    }
    const pieces: { id: number; length: number }[] = [];
    for (let end = word.length; end > 0; end = (best[end] as { from: number }).from) {
      const { from, id } = best[end] as { from: number; id: number };
      const length = word.slice(from, end).replace(BLANK, '').length;
      pieces.unshift({ id, length });
    }
    return pieces;
  };
}
