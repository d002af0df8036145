import { LIFECYCLE, type RequestState } from '../../requests/lifecycle';
import type { StatusTag, Tone } from '../views/status-tag';

const TONES: Partial<Record<RequestState, Tone>> = {
  review: 'attention',
  ready: 'attention',
  stopped: 'problem',
  undeliverable: 'problem',
  delivered: 'done',
  withdrawn: 'neutral',
};

/** The state as staff read it. */
export function requestTag(state: RequestState): StatusTag {
  return { word: LIFECYCLE[state].staff, tone: TONES[state] ?? 'active' };
}
