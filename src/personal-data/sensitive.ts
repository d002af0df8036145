import type { Span } from '../contracts';
import type { Mentions } from './mention';
import type { Reading } from './tokens';

export function sensitiveSpans(_reading: Reading, _mentions: Mentions): Span[] {
  return [];
}
