import { canFollow, LABEL_COUNT } from './labels';

const IMPOSSIBLE = -1e4;

/** Weights of one label after another, `before * LABEL_COUNT + label`; the last row is for the head of a sentence. */
export const TRANSITIONS = (LABEL_COUNT + 1) * LABEL_COUNT;
const HEAD = LABEL_COUNT;

/** Forbids what no labelling holds. */
export function forbidImpossible(transitions: Float64Array): void {
  for (let before = 0; before <= HEAD; before += 1) {
    for (let label = 0; label < LABEL_COUNT; label += 1) {
      if (!canFollow(before, label)) transitions[before * LABEL_COUNT + label] = IMPOSSIBLE;
    }
  }
}

/** Weights as factors, so that a chain is summed without logarithms. */
export function factorsOf(transitions: Float64Array): Float64Array {
  return transitions.map((weight) => Math.exp(weight));
}

/**
 * Probability of each label at each word, `word * LABEL_COUNT + label`, summed over all labellings of the sentence.
 * `scores` holds a number for each word and label, `factors` come from `factorsOf`. Into `pairs`, if given, goes how
 * often one label is expected after another, in the order of the transitions.
 */
export function marginals(
  scores: Float64Array,
  length: number,
  factors: Float64Array,
  pairs?: Float64Array,
): Float64Array {
  const L = LABEL_COUNT;
  const local = localFactors(scores, length);
  const forward = new Float64Array(length * L);
  for (let label = 0; label < L; label += 1) forward[label] = local[label]! * factors[HEAD * L + label]!;
  normalise(forward, 0);
  for (let at = 1; at < length; at += 1) {
    const row = at * L;
    for (let label = 0; label < L; label += 1) {
      let sum = 0;
      for (let before = 0; before < L; before += 1) sum += forward[row - L + before]! * factors[before * L + label]!;
      forward[row + label] = sum * local[row + label]!;
    }
    normalise(forward, row);
  }
  // From the end: `local` is turned, row by row, into what the words from here on say.
  const rest = new Float64Array(L).fill(1);
  for (let at = length - 1; at >= 0; at -= 1) {
    const row = at * L;
    const onward = local.slice(row, row + L);
    for (let label = 0; label < L; label += 1) {
      onward[label]! *= rest[label]!;
      forward[row + label]! *= rest[label]!;
    }
    normalise(forward, row);
    if (pairs) addPairs(pairs, at === 0 ? null : forward.subarray(row - L, row), onward, factors);
    for (let before = 0; before < L; before += 1) {
      let sum = 0;
      for (let label = 0; label < L; label += 1) sum += factors[before * L + label]! * onward[label]!;
      rest[before] = sum;
    }
    normalise(rest, 0);
  }
  return forward;
}

/** Adds the probabilities of each pair of neighbouring labels; `filtered` is null at the head of the sentence. */
function addPairs(
  pairs: Float64Array,
  filtered: Float64Array | null,
  onward: Float64Array,
  factors: Float64Array,
): void {
  const L = LABEL_COUNT;
  const rows = filtered ? [0, L] : [HEAD, HEAD + 1];
  const weight = (before: number, label: number): number =>
    (filtered ? filtered[before]! : 1) * factors[before * L + label]! * onward[label]!;
  let total = 0;
  for (let before = rows[0]!; before < rows[1]!; before += 1)
    for (let label = 0; label < L; label += 1) total += weight(before, label);
  for (let before = rows[0]!; before < rows[1]!; before += 1)
    for (let label = 0; label < L; label += 1) pairs[before * L + label]! += weight(before, label) / total;
}

/** The scores as factors, each word's highest being 1. */
function localFactors(scores: Float64Array, length: number): Float64Array {
  const factors = new Float64Array(length * LABEL_COUNT);
  for (let row = 0; row < factors.length; row += LABEL_COUNT) {
    let top = scores[row]!;
    for (let label = 1; label < LABEL_COUNT; label += 1) top = Math.max(top, scores[row + label]!);
    for (let label = 0; label < LABEL_COUNT; label += 1) factors[row + label] = Math.exp(scores[row + label]! - top);
  }
  return factors;
}

function normalise(values: Float64Array, row: number): void {
  let sum = 0;
  for (let label = 0; label < LABEL_COUNT; label += 1) sum += values[row + label]!;
  for (let label = 0; label < LABEL_COUNT; label += 1) values[row + label]! /= sum;
}
