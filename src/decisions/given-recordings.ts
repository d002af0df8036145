import type { EntityManager } from 'typeorm';
import type { AbsentTerm, LeakReport } from '../contracts';
import { Recording, recordingInWords } from '../gathering/recording.entity';
import { verifyOutgoing } from '../pdf';
import type { DecidedDocument } from './decision-content';

/** A recording that the citizen gets, or is invited to. */
export interface GivenRecording {
  recording: Recording;
  /** The number of its document. */
  position: number;
  /** "optagelse-4.mp3"; absent when no file of it leaves. */
  fileName?: string;
}

/** The recordings of the documents that are given, in the documents' order. */
export async function givenRecordings(
  entities: EntityManager,
  requestId: string,
  documents: DecidedDocument[],
): Promise<GivenRecording[]> {
  const recordings = await entities.findBy(Recording, { requestId });
  return documents
    .filter(({ outcome }) => outcome === 'full' || outcome === 'partial')
    .flatMap(({ row, files }) => {
      const own = recordings.filter((each) => each.outcome !== null && files.some((file) => file.id === each.fileId));
      return own.map((recording, index) => {
        const number = own.length > 1 ? `${row.position}-${index + 1}` : String(row.position);
        const fileName = recording.outcome === 'edited' ? `optagelse-${number}.${recording.givenExtension}` : undefined;
        return { recording, position: row.position, fileName };
      });
    });
}

/** A sentence for the letter: what the recording is, and how the citizen gets to it. */
export function recordingSentence({ recording, position, fileName }: GivenRecording, phone: string): string {
  const what = `Dokument ${position} er en ${recordingInWords(recording.medium)}.`;
  const verb = recording.medium === 'audio' ? 'høre' : 'se';
  if (fileName)
    return `${what} Du henter den som filen ${fileName} på siden med dit svar; kan du ikke det, så ring på telefon ${phone}.`;
  if (recording.outcome === 'transcript') return `${what} Du får den som en udskrift.`;
  return `${what} Du er velkommen til at ${verb} den hos os. Ring på telefon ${phone}, så aftaler vi en tid.`;
}

/** Programs write names, places and titles at the beginning or the end of a file. */
const TAGS_BYTES = 64 * 1024;
/** In the midst of a recording bytes look like short words by chance; a longer run does not. */
const IN_TAGS = /[\p{L}\p{N}\p{P} ]{2,}/gu;
const IN_THE_MIDST = /[\p{L}\p{N}\p{P} ]{12,}/gu;

function readingsOf(bytes: Buffer): string[] {
  return [
    bytes.toString('latin1'),
    bytes.toString('utf8'),
    bytes.toString('utf16le'),
    bytes.subarray(1).toString('utf16le'),
  ];
}

function writtenIn(bytes: Buffer): string {
  const tags = [bytes.subarray(0, TAGS_BYTES), bytes.subarray(-TAGS_BYTES)].flatMap(readingsOf);
  return [
    ...tags.flatMap((text) => text.match(IN_TAGS) ?? []),
    ...readingsOf(bytes).flatMap((text) => text.match(IN_THE_MIDST) ?? []),
  ].join('\n');
}

/** The gate on an edited recording: its name, and whatever is written in it. What it says, two people have heard. */
export function verifyRecording(name: string, bytes: Buffer, absent: AbsentTerm[]): Promise<LeakReport> {
  return verifyOutgoing({ name, mediaType: 'text/plain', content: writtenIn(bytes) }, absent);
}
