export * from './engine/errors';
export type { HiddenContent, HiddenKind } from './engine/hidden-content';
export type { RasterOptions, RedactStyle, TermHit, TextUnderBox } from './engine/jobs';
export { PdfEngine, type PdfEngineOptions, type RedactResult } from './engine/pdf-engine';
