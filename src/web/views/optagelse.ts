import type { Moment } from '../pages/dates';
import type { GroundOption } from './gennemgang';
import type { FieldError } from './page-shell';

/** `/sagsbehandling/{id}/optagelser/{fil}`: how does this recording leave? */
export interface RecordingPage {
  requestId: string;
  fileId: string;
  citizen: string;
  /** "4 Opkald den 2. maj". */
  document: string;
  documentHref: string;
  medium: 'audio' | 'video';
  /** "lydoptagelse". */
  mediumInWords: string;
  originalHref: string;
  original: { mediaType: string };
  /** What was chosen, and by whom it was played. */
  chosen?: {
    outcome: 'edited' | 'transcript' | 'invitation';
    words: string;
    /** The edited file. */
    givenHref?: string;
    givenMediaType?: string;
    playedBy: string;
    playedAt: Moment;
    second?: { by: string; at: Moment };
  };
  /** The review is open: a choice can be made. */
  canChoose: boolean;
  /** The answer waits for approval, and the one who reads is another than the one who chose. */
  canAttest: boolean;
  grounds: GroundOption[];
  errors: FieldError[];
}
