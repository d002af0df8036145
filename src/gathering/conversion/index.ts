export type { ConversionTask } from './child-messages';
export { ConversionProcesses, type ConversionProcessesOptions } from './conversion-processes';
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
export { detectRecording, type RecordingKind } from './detect-recording';
export { Gotenberg } from './gotenberg';
export type { Office } from './office';
export { OfficePool } from './office-pool';
export type { ReadingBlock } from './reading-block';
