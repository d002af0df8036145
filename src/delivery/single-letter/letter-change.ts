import type { DigitalPostReceipt } from '../../contracts';

/** What a receipt changes of a letter that is a message of its own. */
export interface LetterChange {
  state: 'received' | 'delivered' | 'failed';
  submittedAt: Date;
  deliveredAt?: Date;
}

/** Receipts come twice and in any order: null when one tells nothing new. What was delivered stays delivered. */
export function letterChangeBy(
  { state, submittedAt }: { state: string; submittedAt: Date | null },
  { status, at }: DigitalPostReceipt,
): LetterChange | null {
  if (state === 'delivered' || state === 'handed_over') return null;
  const submitted = { submittedAt: submittedAt ?? new Date(at) };
  if (status === 'COMPLETED') return { ...submitted, state: 'delivered', deliveredAt: new Date(at) };
  if (state === 'failed') return null;
  return { ...submitted, state: status === 'RECEIVED' ? 'received' : 'failed' };
}
