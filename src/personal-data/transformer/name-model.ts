import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { WordPieces, type Piece } from './word-pieces';

/** A person's name that the model sees. Offsets are UTF-16 units of the text. */
export interface ModelName {
  start: number;
  end: number;
  /** 0 to 1: the least sure of its words. */
  confidence: number;
}

/** What is used of onnxruntime-web. */
interface Runtime {
  env: { wasm: { numThreads?: number } };
  Tensor: new (type: 'int64', data: BigInt64Array, dims: number[]) => unknown;
  InferenceSession: { create(model: Uint8Array, options: { executionProviders: string[] }): Promise<Session> };
}
interface Session {
  inputNames: readonly string[];
  outputNames: readonly string[];
  run(feeds: Record<string, unknown>): Promise<Record<string, { data: Float32Array; dims: readonly number[] }>>;
}

/** Pieces a window, without the two marks around it, and how many of them the next window reads again. */
const WINDOW = 382;
const OVERLAP = 64;
/** For redaction a name too many costs little. */
const THRESHOLD = 0.3;

/**
 * An optional token-classification transformer (BERT and its kin) in ONNX: a folder with `model.onnx`, `tokenizer.json` and
 * `config.json` (labels by `id2label`, in the BIO scheme). Names come beside those that the rules and the small model find.
 */
export class TransformerNameModel {
  private constructor(
    private readonly runtime: Runtime,
    private readonly session: Session,
    private readonly pieces: WordPieces,
    /** By label: `B`, `I` or null for what is no person. */
    private readonly labels: ('B' | 'I' | null)[],
  ) {}

  /**
   * @param folder where the three files lie
   * @throws Error with a whole sentence when a file is missing, the labels have no person, or onnxruntime-web is not installed
   */
  static async open(folder: string): Promise<TransformerNameModel> {
    const [model, tokenizer, config] = ['model.onnx', 'tokenizer.json', 'config.json'].map((name) => {
      const path = join(folder, name);
      if (!existsSync(path))
        throw new Error(`The folder of the language model has no ${name}. Put it there, or take the setting away.`);
      return path;
    }) as [string, string, string];
    const runtime = await loadRuntime();
    runtime.env.wasm.numThreads = 1;
    const session = await runtime.InferenceSession.create(readFileSync(model), { executionProviders: ['wasm'] });
    return new TransformerNameModel(runtime, session, WordPieces.read(tokenizer), labelsOf(config));
  }

  /** The names in a text, in order. The same text gives the same names. */
  async namesIn(text: string): Promise<ModelName[]> {
    const pieces = this.pieces.of(text);
    const names: ModelName[] = [];
    for (let from = 0; from < pieces.length; from += WINDOW - OVERLAP) {
      const window = pieces.slice(from, from + WINDOW);
      names.push(...this.read(window, await this.probabilities(window)));
      if (from + WINDOW >= pieces.length) break;
    }
    return merged(names);
  }

  /** For each piece and label. */
  private async probabilities(window: Piece[]): Promise<number[][]> {
    const ids = [this.pieces.opens, ...window.map(({ id }) => id), this.pieces.closes];
    const tensor = (values: number[]): unknown =>
      new this.runtime.Tensor('int64', BigInt64Array.from(values, BigInt), [1, values.length]);
    const given: Record<string, unknown> = {
      input_ids: tensor(ids),
      attention_mask: tensor(ids.map(() => 1)),
      token_type_ids: tensor(ids.map(() => 0)),
    };
    const feeds = Object.fromEntries(this.session.inputNames.map((name) => [name, given[name]]));
    const output = await this.session.run(feeds);
    const { data } = output[this.session.outputNames[0] as string] as { data: Float32Array };
    const width = this.labels.length;
    return window.map((_, index) => softmax([...data.slice((index + 1) * width, (index + 2) * width)]));
  }

  private read(window: Piece[], shares: number[][]): ModelName[] {
    const names: ModelName[] = [];
    let current: ModelName | null = null;
    for (const [index, piece] of window.entries()) {
      if (!piece.opensWord) {
        if (current?.end === piece.start) current.end = piece.end;
        continue;
      }
      const share = shares[index] as number[];
      const sum = (kind: 'B' | 'I'): number =>
        share.reduce((total, each, label) => total + (this.labels[label] === kind ? each : 0), 0);
      const [begins, goesOn] = [sum('B'), sum('I')];
      const confidence = begins + goesOn;
      if (confidence < THRESHOLD) current = null;
      else if (current && goesOn > begins) {
        current.end = piece.end;
        current.confidence = Math.min(current.confidence, confidence);
      } else names.push((current = { start: piece.start, end: piece.end, confidence }));
    }
    return names;
  }
}

async function loadRuntime(): Promise<Runtime> {
  try {
    // By a variable: the program is built without the package too.
    const name = 'onnxruntime-web';
    const loaded = (await import(name)) as Runtime & { default?: Runtime };
    return loaded.InferenceSession ? loaded : (loaded.default as Runtime);
  } catch (cause) {
    throw new Error(
      'The language model needs the package onnxruntime-web, which is not installed. Run "npm install onnxruntime-web", or take the setting away.',
      { cause },
    );
  }
}

function labelsOf(path: string): ('B' | 'I' | null)[] {
  const { id2label = {} } = JSON.parse(readFileSync(path, 'utf8')) as { id2label?: Record<string, string> };
  const labels = Object.keys(id2label)
    .sort((a, b) => Number(a) - Number(b))
    .map((id) => {
      const [, place, kind] = /^([BI])-(.+)$/.exec(id2label[id] as string) ?? [];
      return kind && /^PER/i.test(kind) ? (place as 'B' | 'I') : null;
    });
  if (!labels.includes('B') && !labels.includes('I'))
    throw new Error('The config.json of the language model has no label for a person (B-PER, I-PER) in id2label.');
  return labels;
}

function softmax(values: number[]): number[] {
  const most = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((total, each) => total + each, 0);
  return powers.map((each) => each / sum);
}

/** Windows overlap: a name that both have seen is one, as long as the longer of them. */
function merged(names: ModelName[]): ModelName[] {
  const result: ModelName[] = [];
  for (const name of [...names].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = result.at(-1);
    if (last && name.start < last.end) {
      last.end = Math.max(last.end, name.end);
      last.confidence = Math.max(last.confidence, name.confidence);
    } else result.push({ ...name });
  }
  return result;
}
