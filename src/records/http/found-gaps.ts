import { SourceError, type RunContext, type SourceGap } from '../../contracts';
import { reportGap } from '../reporting';

/** What the gap is about; the sentence begins with it: "Sagen 4711". */
export interface GapSubject {
  sourceCaseId?: string;
  sourceDocumentId?: string;
  name: string;
}

const GAPS: Partial<Record<SourceError['errorClass'], { kind: SourceGap['kind']; ending: string }>> = {
  forbidden: {
    kind: 'forbidden',
    ending: 'findes eller kan findes, men servicekontoen må ikke se indholdet. Indholdet skal hentes på anden måde.',
  },
  not_found: {
    kind: 'not_found',
    ending: 'stod på systemets liste, men var der ikke mere, da indholdet blev hentet.',
  },
};

/**
 * What `read` gives, or undefined when the system refuses this one item or has lost it, which is then reported as a gap.
 * Without anybody to report to, and for every other failure, the error is thrown: an item is never left out in silence.
 */
export async function readOrGap<T>(read: Promise<T>, subject: GapSubject, context: RunContext): Promise<T | undefined> {
  try {
    return await read;
  } catch (error) {
    const gap = error instanceof SourceError ? GAPS[error.errorClass] : undefined;
    if (!gap) throw error;
    const { name, ...about } = subject;
    const cause = error as SourceError;
    const why = cause.reason ? ` Systemet oplyser: ${cause.reason}.` : '';
    reportGap(context, { kind: gap.kind, ...about, sentence: `${name} ${gap.ending}${why}` }, cause);
    return undefined;
  }
}
