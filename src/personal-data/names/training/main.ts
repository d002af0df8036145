import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { read } from '../../tokens';
import { decodeModel, encodeModel } from '../model-file';
import { LIKELY_FROM, namesIn, PROPOSE_FROM, TrainedNames } from '../name-model';
import type { AnnotatedSentence } from './iob2';
import { Random } from './random';
import { countNames, figuresOf } from './scores';
import { halfWay, train, type TrainingSettings } from './training';
import { readUner, trainingSet, type Shares } from './training-set';

const SEED = 4711;
const SETTINGS: TrainingSettings = { epochs: 6, rate: 0.1, decay: 0.002, averaged: 4 };
/**
 * Two models are trained and the weights half way between them are kept: the first knows how seldom a capital is a
 * person's in running text, the second knows case files, rare names and bad scans. Chosen on sentences left out of training.
 */
const NEWS_ALONE: Shares = { swaps: 0, municipalTexts: 0, noisy: 0 };
const EVERYTHING: Shares = { swaps: 1, municipalTexts: 6000, noisy: 0.2 };

/**
 * Trains on the corpora of a folder and writes the model. With `--development` it trains on the training sentences alone
 * and tells how it does on the development sentences, which otherwise are learnt from as well.
 */
function main(corpora: string, out: string, isDevelopment: boolean): void {
  const began = Date.now();
  const cpuBegan = process.cpuUsage();
  const news = [...readUner(corpora, 'train'), ...(isDevelopment ? [] : readUner(corpora, 'dev'))];
  const [first, second] = [NEWS_ALONE, EVERYTHING].map((shares) => {
    const examples = trainingSet(corpora, news, shares, SEED);
    say(`${examples.length} sentences, ${examples.reduce((sum, { labels }) => sum + labels.length, 0)} words`);
    return train(examples, SETTINGS, new Random(SEED), (epoch, wrong) =>
      say(`round ${epoch} of ${SETTINGS.epochs}: ${wrong.toFixed(4)} words wrong a sentence`),
    );
  });
  const model = halfWay(first!, second!);
  const file = encodeModel(model);
  writeFileSync(out, file);
  say(`${out}: ${file.length} bytes, sha256 ${createHash('sha256').update(file).digest('hex')}`);
  const cpu = process.cpuUsage(cpuBegan).user / 1e6;
  say(`trained in ${Math.round((Date.now() - began) / 1000)} s, ${Math.round(cpu)} s of processor time`);
  if (isDevelopment) tryOut(new TrainedNames(decodeModel(file)), readUner(corpora, 'dev'));
}

function tryOut(names: TrainedNames, sentences: AnnotatedSentence[]): void {
  const known = sentences.map((sentence) => ({ sentence, reading: read(sentence.text) }));
  for (const threshold of [LIKELY_FROM, PROPOSE_FROM]) {
    const counts = known.map(({ sentence, reading }) =>
      countNames(sentence, namesIn(reading, names.probabilities(reading, 'prose'), threshold)),
    );
    say(`development sentences, from ${threshold}: ${JSON.stringify(figuresOf(counts))}`);
  }
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

const [corpora, out, mode] = process.argv.slice(2);
main(corpora!, out!, mode === '--development');
