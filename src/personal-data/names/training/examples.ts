import { read } from '../../tokens';
import { FeatureReader, hashesAt, JOINT_COUNT, jointFeatures, placed, profileAt, REACH } from '../features';
import { BEGINS, CONTINUES } from '../labels';
import { stretchesOf } from '../name-model';
import { labelsOf, type LabelledText } from './labelled-text';

/** A sentence ready for training: the features of each word, one word after the other, and the right labels. */
export interface Example {
  labels: Uint8Array;
  features: Int32Array;
  /** Where each word's features begin; one more for the end. */
  starts: Int32Array;
}

/** Turns labelled texts into examples with exactly the features that the program looks at. */
export class ExampleMaker {
  private readonly reader = new FeatureReader();
  private readonly joint = new Int32Array(JOINT_COUNT);

  of(labelled: LabelledText): Example[] {
    const reading = read(labelled.text);
    if (reading.tokens.length === 0) return [];
    const labels = labelsOf(reading, labelled.spans, BEGINS, CONTINUES);
    return stretchesOf(reading).map(([from, to]) => {
      const stretch = this.reader.stretch(reading, from, to, labelled.kind ?? 'prose');
      const features: number[] = [];
      const starts = [0];
      for (let at = 0; at < to - from; at += 1) {
        for (let offset = -REACH; offset <= REACH; offset += 1) {
          for (const hash of hashesAt(profileAt(stretch, at + offset), offset)) features.push(placed(hash, offset));
        }
        const joints = jointFeatures(stretch, at, this.joint);
        features.push(...this.joint.subarray(0, joints));
        starts.push(features.length);
      }
      return {
        labels: startingAnew(labels.slice(from, to)),
        features: Int32Array.from(features),
        starts: Int32Array.from(starts),
      };
    });
  }
}

/** A name that a break cut in two begins again after it. */
function startingAnew(labels: Uint8Array): Uint8Array {
  if (labels[0] === CONTINUES) labels[0] = BEGINS;
  return labels;
}
