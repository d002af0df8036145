import { init } from '@embedpdf/pdfium';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { PdfDamagedError, PdfEncryptedError } from './errors';
import { bytesOf, free, malloc, type Pdfium } from './engine-memory';
import { readOnDemand } from './read-on-demand';

export * from './engine-memory';

/** Error codes of FPDF_GetLastError (fpdfview.h). */
const WRONG_PASSWORD = 4;
const UNKNOWN_SECURITY = 5;

/** A larger file is read block by block as the engine asks for it. */
const READ_WHOLE_BYTES = 16 * 2 ** 20;

let loading: Promise<Pdfium> | undefined;

/** The engine, loaded once per process from the package's own WASM file; nothing is fetched. */
export function loadPdfium(): Promise<Pdfium> {
  loading ??= (async () => {
    const wasm = readFileSync(require.resolve('@embedpdf/pdfium/pdfium.wasm'));
    const pdfium = await init({
      wasmBinary: wasm.buffer.slice(wasm.byteOffset, wasm.byteOffset + wasm.byteLength) as ArrayBuffer,
    });
    pdfium.PDFiumExt_Init();
    return pdfium;
  })();
  return loading;
}

/** A document open in the engine. Close it. */
export class OpenDocument {
  private constructor(
    readonly pdfium: Pdfium,
    readonly handle: number,
    private readonly release: () => void,
  ) {}

  /** Opens a file without a password: what is encrypted with an owner password only opens too. Large files stay on disk. */
  static async fromFile(path: string): Promise<OpenDocument> {
    if (statSync(path).size <= READ_WHOLE_BYTES) return OpenDocument.fromBytes(readFileSync(path));
    const pdfium = await loadPdfium();
    const { access, release } = readOnDemand(pdfium, path);
    return OpenDocument.opened(pdfium, pdfium.FPDF_LoadCustomDocument(access, ''), release);
  }

  static async fromBytes(bytes: Uint8Array): Promise<OpenDocument> {
    if (bytes.length === 0) throw new PdfDamagedError('The file is empty (0 bytes); it is not a PDF.');
    const pdfium = await loadPdfium();
    const memory = malloc(pdfium, bytes.length);
    bytesOf(pdfium).set(bytes, memory);
    const handle = pdfium.FPDF_LoadMemDocument(memory, bytes.length, '');
    return OpenDocument.opened(pdfium, handle, () => free(pdfium, memory));
  }

  private static opened(pdfium: Pdfium, handle: number, release: () => void): OpenDocument {
    if (handle !== 0) return new OpenDocument(pdfium, handle, release);
    const code = pdfium.FPDF_GetLastError();
    release();
    if (code === WRONG_PASSWORD) throw new PdfEncryptedError('The PDF cannot be opened without a password.');
    if (code === UNKNOWN_SECURITY)
      throw new PdfEncryptedError('The PDF is protected by a security handler that is not known.');
    throw new PdfDamagedError('The file is not a PDF or is damaged beyond repair.');
  }

  get pages(): number {
    return this.pdfium.FPDF_GetPageCount(this.handle);
  }

  /** Runs an action with a page loaded, and unloads the page whatever happens. */
  withPage<T>(index: number, action: (page: number) => T): T {
    const page = this.pdfium.FPDF_LoadPage(this.handle, index);
    if (page === 0) throw new PdfDamagedError(`Page ${index + 1} of the PDF cannot be read.`);
    try {
      return action(page);
    } finally {
      this.pdfium.FPDF_ClosePage(page);
    }
  }

  /** The whole document as one decrypted revision. */
  save(): Uint8Array {
    const { pdfium } = this;
    if (pdfium.EPDF_IsEncrypted(this.handle)) {
      pdfium.EPDF_RemoveEncryption(this.handle);
    }
    const writer = pdfium.PDFiumExt_OpenFileWriter();
    try {
      pdfium.PDFiumExt_SaveAsCopy(this.handle, writer);
      const size = pdfium.PDFiumExt_GetFileWriterSize(writer);
      if (size === 0) throw new PdfDamagedError('The PDF cannot be written anew; it is damaged beyond repair.');
      const pointer = malloc(pdfium, size);
      pdfium.PDFiumExt_GetFileWriterData(writer, pointer, size);
      const bytes = bytesOf(pdfium).slice(pointer, pointer + size);
      free(pdfium, pointer);
      return bytes;
    } finally {
      pdfium.PDFiumExt_CloseFileWriter(writer);
    }
  }

  saveTo(path: string): void {
    writeFileSync(path, this.save(), { mode: 0o600 });
  }

  close(): void {
    this.pdfium.FPDF_CloseDocument(this.handle);
    this.release();
  }
}

/** Opens, acts, closes. */
export async function withDocument<T>(path: string, action: (document: OpenDocument) => T | Promise<T>): Promise<T> {
  const document = await OpenDocument.fromFile(path);
  try {
    return await action(document);
  } finally {
    document.close();
  }
}
