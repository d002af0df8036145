/** Bounds against files made to exhaust the machine. Each can be set by the municipality. */
export interface ConversionLimits {
  /** Size of the file itself. */
  fileBytes: number;
  /** Sum of all inflated parts of a zip container (DOCX, XLSX, ODT …). */
  inflatedBytes: number;
  /** Parts in a zip container. */
  archiveParts: number;
  /** Width times height of one picture. */
  pixels: number;
  /** Pages of the PDF. */
  pages: number;
  /** Cells that a workbook may hold, empty ones in between included. */
  cells: number;
  /** Files inside one mail or document. */
  children: number;
  /** Files inside files inside files: how many levels down a file may lie that still holds others. */
  nesting: number;
  /** Time for one run of LibreOffice. */
  timeoutMs: number;
}

export const DEFAULT_LIMITS: Readonly<ConversionLimits> = {
  fileBytes: 512 * 1024 * 1024,
  inflatedBytes: 512 * 1024 * 1024,
  archiveParts: 10_000,
  pixels: 120_000_000,
  pages: 5_000,
  cells: 1_000_000,
  children: 500,
  nesting: 5,
  timeoutMs: 120_000,
};
