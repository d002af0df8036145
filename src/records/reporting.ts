import { SourceError, type RecordsCase, type RunContext, type SourceGap } from '../contracts';

/** Tells the run of a gap. One that nobody listens for is an error, so that it is never silent. */
export function reportGap(context: RunContext, gap: SourceGap, cause: SourceError): void {
  if (!context.reportGap) throw cause;
  context.reportGap(gap);
}

/** Passes on the counts that the source states of a case. */
export function reportExpected({ sourceCaseId, expected }: RecordsCase, context: RunContext): void {
  for (const kind of ['documents', 'notes'] as const) {
    const count = expected?.[kind];
    if (count !== undefined) context.reportClaim?.({ of: kind, count, sourceCaseId });
  }
}

/** Tells of a gap that no refused request stands behind. */
export function reportUnheard(context: RunContext, gap: SourceGap, asked: string): void {
  const text = `Asking for ${asked}: something was found that cannot be given, and nobody listens to gaps.`;
  reportGap(context, gap, new SourceError('truncated', text, false));
}
