/** Checks of single pages. */
export const PAGE_CHECKS = [
  'page-text',
  'text-under-boxes',
  'covered-text',
  'annotations',
  'structure-text',
  'box-pixels',
  'picture-outside',
] as const;

/** Checks of the file as a whole. */
export const FILE_CHECKS = [
  'metadata',
  'navigation',
  'attachments',
  'form-values',
  'scripts',
  'layers',
  'structure',
  'unreachable-objects',
  'private-data',
  'object-text',
  'unpainted-text',
] as const;

/** Without a definite answer of each of these no file passes; one may be skipped only with a reason. */
export const CHECKS: readonly string[] = ['readable', ...PAGE_CHECKS, 'ocr', ...FILE_CHECKS];
