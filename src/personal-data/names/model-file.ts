import { gunzipSync, gzipSync } from 'node:zlib';
import { TRANSITIONS } from './chain';
import { FEATURE_SPACE } from './features';
import { LABEL_COUNT, LABELS } from './labels';

/** What training found: a weight for each feature and label, and for each label after another. */
export interface TrainedWeights {
  /** `feature * LABEL_COUNT + label`. */
  weights: Float32Array;
  transitions: Float64Array;
}

/** From one feature's weights to the next: a power of two, so that they never lie across two lines of the cache. */
export const FEATURE_STRIDE = 8;

/** The same as the program uses it: weights in whole steps, which are small enough to stay in the processor's cache. */
export interface NameModel {
  /** `feature * FEATURE_STRIDE + label`, in steps. */
  weights: Int8Array;
  /** How much a step of each label is worth. */
  steps: number[];
  transitions: Float64Array;
}

interface Header {
  format: 'names-1';
  labels: readonly string[];
  features: number;
  /** The greatest weight of each label; a stored 127 means this much. */
  scales: number[];
  transitions: number[];
}

/** The model as bytes: length of the header, header as JSON, then one signed byte a weight, all gzipped. The same model gives the same bytes. */
export function encodeModel({ weights, transitions }: TrainedWeights): Buffer {
  const scales = new Array<number>(LABEL_COUNT).fill(0);
  for (const [cell, weight] of weights.entries())
    scales[cell % LABEL_COUNT] = Math.max(scales[cell % LABEL_COUNT]!, Math.abs(weight));
  const header: Header = {
    format: 'names-1',
    labels: LABELS,
    features: FEATURE_SPACE,
    scales: scales.map((scale) => Number(scale.toPrecision(6))),
    transitions: [...transitions].map((weight) => Number(weight.toPrecision(6))),
  };
  const bytes = new Int8Array(weights.length);
  // Label by label: equal bytes stand together and pack well.
  for (const [cell, weight] of weights.entries()) {
    const label = cell % LABEL_COUNT;
    const place = label * FEATURE_SPACE + (cell - label) / LABEL_COUNT;
    bytes[place] = scales[label] ? Math.round((127 * weight) / scales[label]!) : 0;
  }
  const head = Buffer.from(JSON.stringify(header));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(head.length);
  return gzipSync(Buffer.concat([size, head, Buffer.from(bytes.buffer)]), { level: 9 });
}

/** @throws when the file was written for other labels or features than this program's. */
export function decodeModel(file: Buffer): NameModel {
  const plain = gunzipSync(file);
  const headerEnd = 4 + plain.readUInt32LE(0);
  const header = JSON.parse(plain.toString('utf8', 4, headerEnd)) as Header;
  const isOurs =
    header.format === 'names-1' &&
    header.features === FEATURE_SPACE &&
    header.labels.join() === LABELS.join() &&
    header.transitions.length === TRANSITIONS;
  if (!isOurs)
    throw new Error('The name model was trained for another version of the program. Run npm run train:names.');
  const bytes = new Int8Array(plain.buffer, plain.byteOffset + headerEnd, FEATURE_SPACE * LABEL_COUNT);
  const weights = new Int8Array(FEATURE_SPACE * FEATURE_STRIDE);
  for (let label = 0; label < LABEL_COUNT; label += 1) {
    for (let feature = 0; feature < FEATURE_SPACE; feature += 1)
      weights[feature * FEATURE_STRIDE + label] = bytes[label * FEATURE_SPACE + feature]!;
  }
  const steps = header.scales.map((scale) => scale / 127);
  return { weights, steps, transitions: Float64Array.from(header.transitions) };
}
