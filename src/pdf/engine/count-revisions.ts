import { closeSync, openSync } from 'node:fs';
import { bytesAt } from './file-index';

const MARK = 'startxref';
const BLOCK = 4 * 2 ** 20;

/** How many times a file was saved on top of itself, itself included. Reads it block by block. */
export function countRevisions(path: string): number {
  const file = openSync(path, 'r');
  try {
    let marks = 0;
    let usual = 1;
    for (let at = 0; ; at += BLOCK) {
      // A mark may lie across two blocks.
      const block = bytesAt(file, at, BLOCK + MARK.length - 1);
      // A linearised file has two cross-reference sections and one revision.
      if (at === 0 && block.subarray(0, 2048).includes('/Linearized')) usual = 2;
      for (let found = block.indexOf(MARK); found >= 0; found = block.indexOf(MARK, found + 1)) marks += 1;
      if (block.length < BLOCK + MARK.length - 1) return Math.max(1, marks - usual + 1);
    }
  } finally {
    closeSync(file);
  }
}
