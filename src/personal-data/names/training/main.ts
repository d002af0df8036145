import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { read } from '../../tokens';
import { decodeModel, encodeModel } from '../model-file';
import { LIKELY_FROM, namesIn, PROPOSE_FROM, TrainedNames } from '../name-model';
import { Random } from './random';
import { countNames, figuresOf } from './scores';
import { train, type TrainingSettings } from './training';
import { readUner, trainingSet, type Shares } from './training-set';

const SEED = 4711;
/** Chosen on the development sentences. */
const SHARES: Shares = { swaps: 4, municipalTexts: 6000, noisy: 0.2 };
const SETTINGS: TrainingSettings = { epochs: 8, rate: 0.1, decay: 0.002, averaged: 4 };

/** Trains on the corpora of a folder, writes the model, and tells on stderr how it does on the development sentences. */
function main(corpora: string, out: string): void {
  const began = Date.now();
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const examples = trainingSet(corpora, readUner(corpora, 'train'), SHARES, SEED);
  say(`${examples.length} sentences, ${examples.reduce((sum, { labels }) => sum + labels.length, 0)} words`);
  const model = train(examples, SETTINGS, new Random(SEED), (epoch, wrong) =>
    say(`round ${epoch} of ${SETTINGS.epochs}: ${wrong.toFixed(4)} words wrong a sentence`),
  );
  const file = encodeModel(model);
  writeFileSync(out, file);
  say(`${out}: ${file.length} bytes, sha256 ${createHash('sha256').update(file).digest('hex')}`);
  say(`trained in ${Math.round((Date.now() - began) / 1000)} s`);

  const names = new TrainedNames(decodeModel(file));
  const sentences = readUner(corpora, 'dev').map((sentence) => ({ sentence, reading: read(sentence.text) }));
  for (const threshold of [LIKELY_FROM, PROPOSE_FROM]) {
    const counts = sentences.map(({ sentence, reading }) =>
      countNames(sentence, namesIn(reading, names.probabilities(reading), threshold)),
    );
    say(`development sentences, from ${threshold}: ${JSON.stringify(figuresOf(counts))}`);
  }
}

const [corpora, out] = process.argv.slice(2);
main(corpora!, out!);
