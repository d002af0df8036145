export { convertToPdf } from './convert-to-pdf';
export type { ConversionContext, ConversionInput } from './conversion-job';
export type { ConversionNote, ConversionNoteCode } from './conversion-note';
export type {
  ChildFile,
  ConversionMethod,
  ConversionResult,
  Converted,
  Isolation,
  Unreadable,
  UnreadableReason,
} from './conversion-result';
export { type ConversionLimits, DEFAULT_LIMITS } from './limits';
export { findLibreOffice, type LibreOfficeSetting } from './libre-office';
export { strongestSandbox } from './office-sandbox';
export type { Typeset } from './reading';
