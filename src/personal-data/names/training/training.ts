import { factorsOf, forbidImpossible, marginals, TRANSITIONS } from '../chain';
import { FEATURE_SPACE } from '../features';
import { LABEL_COUNT } from '../labels';
import type { TrainedWeights } from '../model-file';
import type { Example } from './examples';
import type { Random } from './random';

export interface TrainingSettings {
  epochs: number;
  rate: number;
  /** How strongly weights are drawn to nothing each time they are touched. */
  decay: number;
  /** The mean of the weights after this many of the last epochs is kept. */
  averaged: number;
}

/** Gradients below this change nothing that lasts. */
const TOO_SMALL = 0.002;
const HEAD = LABEL_COUNT;

/**
 * Trains a linear-chain conditional random field by stochastic gradient with AdaGrad's rates: sentence by sentence, the
 * expected features are pulled towards the right ones. The same examples, settings and seed give the same model.
 */
export function train(
  examples: Example[],
  settings: TrainingSettings,
  random: Random,
  told: (epoch: number, wrong: number) => void = () => undefined,
): TrainedWeights {
  const trainer = new Trainer(settings);
  const order = [...examples];
  const sum = new Float64Array(FEATURE_SPACE * LABEL_COUNT);
  const sumOfTransitions = new Float64Array(TRANSITIONS);
  for (let epoch = 1; epoch <= settings.epochs; epoch += 1) {
    random.shuffle(order);
    const loss = order.reduce((all, example) => all + trainer.learn(example), 0);
    told(epoch, loss / order.length);
    if (epoch <= settings.epochs - settings.averaged) continue;
    for (let cell = 0; cell < sum.length; cell += 1) sum[cell]! += trainer.weights[cell]! / settings.averaged;
    for (let cell = 0; cell < TRANSITIONS; cell += 1)
      sumOfTransitions[cell]! += trainer.transitions[cell]! / settings.averaged;
  }
  return { weights: Float32Array.from(sum), transitions: sumOfTransitions };
}

/** Weights half way between two models. */
export function halfWay(one: TrainedWeights, other: TrainedWeights): TrainedWeights {
  return {
    weights: one.weights.map((weight, cell) => (weight + other.weights[cell]!) / 2),
    transitions: one.transitions.map((weight, cell) => (weight + other.transitions[cell]!) / 2),
  };
}

class Trainer {
  readonly weights = new Float32Array(FEATURE_SPACE * LABEL_COUNT);
  readonly transitions = new Float64Array(TRANSITIONS);
  private readonly squares = new Float32Array(FEATURE_SPACE * LABEL_COUNT).fill(1e-4);
  private readonly squaresOfTransitions = new Float64Array(TRANSITIONS).fill(1);

  constructor(private readonly settings: TrainingSettings) {
    forbidImpossible(this.transitions);
  }

  /** One step towards the example; returns how far off the labels were, summed over words. */
  learn({ labels, features, starts }: Example): number {
    const length = labels.length;
    const pairs = new Float64Array(TRANSITIONS);
    const scores = this.scores(features, starts, length);
    const beliefs = marginals(scores, length, factorsOf(this.transitions), pairs);
    let wrong = 0;
    const slope = new Float64Array(LABEL_COUNT);
    for (let at = 0; at < length; at += 1) {
      const row = at * LABEL_COUNT;
      wrong += 1 - beliefs[row + labels[at]!]!;
      for (let label = 0; label < LABEL_COUNT; label += 1)
        slope[label] = (labels[at] === label ? 1 : 0) - beliefs[row + label]!;
      if (Math.abs(slope[labels[at]!]!) > TOO_SMALL) this.step(features, starts[at]!, starts[at + 1]!, slope);
    }
    this.stepTransitions(labels, pairs);
    return wrong;
  }

  private scores(features: Int32Array, starts: Int32Array, length: number): Float64Array {
    const { weights } = this;
    const scores = new Float64Array(length * LABEL_COUNT);
    for (let at = 0; at < length; at += 1) {
      const row = at * LABEL_COUNT;
      for (let i = starts[at]!; i < starts[at + 1]!; i += 1) {
        const cell = features[i]! * LABEL_COUNT;
        for (let label = 0; label < LABEL_COUNT; label += 1) scores[row + label]! += weights[cell + label]!;
      }
    }
    return scores;
  }

  private step(features: Int32Array, from: number, to: number, slope: Float64Array): void {
    const { weights, squares, settings } = this;
    for (let i = from; i < to; i += 1) {
      const start = features[i]! * LABEL_COUNT;
      for (let label = 0; label < LABEL_COUNT; label += 1) {
        const cell = start + label;
        const gradient = slope[label]! - settings.decay * weights[cell]!;
        squares[cell]! += gradient * gradient;
        weights[cell]! += (settings.rate * gradient) / Math.sqrt(squares[cell]!);
      }
    }
  }

  private stepTransitions(labels: Uint8Array, expected: Float64Array): void {
    const { transitions, squaresOfTransitions, settings } = this;
    const slope = expected.map((times) => -times);
    for (const [at, label] of labels.entries()) slope[(at === 0 ? HEAD : labels[at - 1]!) * LABEL_COUNT + label]! += 1;
    for (const [cell, gradient] of slope.entries()) {
      if (Math.abs(gradient) < TOO_SMALL || transitions[cell]! < -1000) continue;
      squaresOfTransitions[cell]! += gradient * gradient;
      transitions[cell]! += (settings.rate * gradient) / Math.sqrt(squaresOfTransitions[cell]!);
    }
  }
}
