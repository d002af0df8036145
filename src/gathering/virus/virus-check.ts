import { createReadStream } from 'node:fs';
import { Injectable } from '@nestjs/common';
import { Settings } from '../../platform/settings';
import type { FileNote } from '../file.entity';
import { scanWithClamd } from './clamd';

/** Why a file is kept shut, as a word for the machine and a note for the caseworker. */
export interface Quarantine {
  reason: 'virus' | 'virus-unchecked';
  notes: FileNote[];
}

/** clamd may unpack a large archive before it speaks. */
const LONGEST_SILENCE_MS = 120_000;

/** Has files checked before anything opens them; when no clamd is set, every file passes. */
@Injectable()
export class VirusCheck {
  constructor(private readonly settings: Settings) {}

  /**
   * Null when the file at `path` may be opened.
   * @throws VirusCheckUnavailable when clamd gives no verdict; that is never "clean"
   */
  async of(path: string, signal: AbortSignal): Promise<Quarantine | null> {
    const url = this.settings.CLAMD_URL;
    if (!url) return null;
    const content = createReadStream(path) as AsyncIterable<Buffer>;
    const verdict = await scanWithClamd(content, { url, timeoutMs: LONGEST_SILENCE_MS }, signal);
    if (verdict.kind === 'clean') return null;
    return verdict.kind === 'infected'
      ? quarantine('virus', infectedInWords(verdict.signature))
      : quarantine('virus-unchecked', TOO_LARGE);
  }
}

function quarantine(reason: Quarantine['reason'], sentence: string): Quarantine {
  return { reason, notes: [{ code: reason, sentence }] };
}

const TOO_LARGE =
  'Filen er for stor til, at viruskontrollen kan se den igennem, og den er derfor ikke åbnet. Bed driften om at hæve grænsen (StreamMaxLength i clamd), eller få filen delt op, og læg den på sagen igen.';

function infectedInWords(signature: string): string {
  return `Viruskontrollen fandt »${signature}«, og filen er derfor ikke åbnet. Den er gemt, men åbn den ikke selv. Bed it-afdelingen om at undersøge den, og få en ren udgave fra afsenderen, som du lægger på sagen. Kan det ikke lade sig gøre, så tag stilling til hele dokumentet.`;
}
