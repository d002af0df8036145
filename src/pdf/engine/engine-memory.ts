import type { WrappedPdfiumModule } from '@embedpdf/pdfium';
import { PdfTooLargeError } from './errors';

export type Pdfium = WrappedPdfiumModule;

export function malloc(pdfium: Pdfium, bytes: number): number {
  const pointer = (pdfium.pdfium.wasmExports as unknown as { malloc(n: number): number }).malloc(bytes);
  if (pointer === 0) throw new PdfTooLargeError(`The PDF engine has no memory left for ${bytes} bytes.`);
  return pointer;
}

export function free(pdfium: Pdfium, pointer: number): void {
  (pdfium.pdfium.wasmExports as unknown as { free(p: number): void }).free(pointer);
}

/** Calls that are made for every letter, without the checks and conversions of the wrapped ones. */
interface LetterCalls {
  FPDFText_GetUnicode(textPage: number, index: number): number;
  /** 0 when the letter has no box. */
  FPDFText_GetLooseCharBox(textPage: number, index: number, rect: number): number;
}

export function letterCalls(pdfium: Pdfium): LetterCalls {
  return pdfium.pdfium.wasmExports as unknown as LetterCalls;
}

interface Heaps {
  HEAPU8: Uint8Array;
  HEAPF32: Float32Array;
  HEAPU32: Uint32Array;
}

export function putWords(pdfium: Pdfium, pointer: number, words: readonly number[]): void {
  (pdfium.pdfium as unknown as Heaps).HEAPU32.set(words, pointer >> 2);
}

/** The engine's memory; ask anew after every call that can make it grow. */
export function bytesOf(pdfium: Pdfium): Uint8Array {
  return (pdfium.pdfium as unknown as Heaps).HEAPU8;
}

/** A rectangle of four floats at an address: `[left, top, right, bottom]` (FS_RECTF). */
export function rectAt(pdfium: Pdfium, pointer: number): [number, number, number, number] {
  const floats = (pdfium.pdfium as unknown as Heaps).HEAPF32;
  const at = pointer >> 2;
  return [floats[at], floats[at + 1], floats[at + 2], floats[at + 3]];
}

export function putFloats(pdfium: Pdfium, pointer: number, floats: readonly number[]): void {
  (pdfium.pdfium as unknown as Heaps).HEAPF32.set(floats, pointer >> 2);
}
