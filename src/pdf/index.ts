export * from './engine/errors';
export type { HiddenContent, HiddenKind } from './engine/hidden-content';
export type { RasterOptions, RedactStyle, TermHit, TextUnderBox } from './engine/jobs';
export { PdfEngine, type PdfEngineOptions, type RedactResult } from './engine/pdf-engine';
export * from './gate';
export { closeOcr, readByOcr, type OcrEngine, type OcrOptions, type OcrResult } from './ocr/read-by-ocr';
export { redactDocument, type RedactDocumentOptions, type RedactVerdict } from './redact-document';
