import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { bytesOf, free, malloc, putWords, type Pdfium } from './engine-memory';

interface Callbacks {
  addFunction(callback: (...numbers: number[]) => number, signature: string): number;
  removeFunction(pointer: number): void;
}

/** Three words of 32 bits: length, function, parameter (FPDF_FILEACCESS). */
const ACCESS_BYTES = 12;

/** Lets the engine read a file block by block, so that a file of any size takes no memory of its own. */
export function readOnDemand(pdfium: Pdfium, path: string): { access: number; release: () => void } {
  const callbacks = pdfium.pdfium as unknown as Callbacks;
  const file = openSync(path, 'r');
  const readBlock = (_: number, position: number, to: number, length: number): number => {
    const bytes = bytesOf(pdfium).subarray(to >>> 0, (to >>> 0) + (length >>> 0));
    return readSync(file, bytes, 0, bytes.length, position >>> 0) === bytes.length ? 1 : 0;
  };
  const callback = callbacks.addFunction(readBlock, 'iiiii');
  const access = malloc(pdfium, ACCESS_BYTES);
  putWords(pdfium, access, [fstatSync(file).size, callback, 0]);
  const release = (): void => {
    free(pdfium, access);
    callbacks.removeFunction(callback);
    closeSync(file);
  };
  return { access, release };
}
