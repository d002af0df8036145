import { createHash } from 'node:crypto';

/** Parted by a first byte, so that no leaf can be taken for two joined branches (RFC 6962, section 2.1). */
const LEAF = Buffer.of(0);
const BRANCH = Buffer.of(1);

/** Which side of the branch the sibling stands on, and its hash. */
export interface Step {
  side: 'left' | 'right';
  hash: string;
}

/** SHA-256 in hexadecimal of all leaves as a tree (RFC 6962). With it, one leaf can be shown without the others. */
export function merkleRoot(leaves: readonly Buffer[]): string {
  return rootOf(leaves.map(leafHash)).toString('hex');
}

/** The way from one leaf to the root. It tells nothing of other leaves but hashes. */
export function merkleSteps(leaves: readonly Buffer[], index: number): Step[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length)
    throw new RangeError(`There are ${leaves.length} leaves; there is no leaf ${index}.`);
  return stepsOf(leaves.map(leafHash), index);
}

/** The root to which a leaf leads by its steps; equal to the tree's root when the leaf is one of it. */
export function rootFrom(leaf: Buffer, steps: readonly Step[]): string {
  return steps
    .reduce((hash, step) => {
      const sibling = Buffer.from(step.hash, 'hex');
      return step.side === 'left' ? branchHash(sibling, hash) : branchHash(hash, sibling);
    }, leafHash(leaf))
    .toString('hex');
}

function rootOf(hashes: readonly Buffer[]): Buffer {
  if (hashes.length === 0) return createHash('sha256').digest();
  if (hashes.length === 1) return hashes[0];
  const left = leftSize(hashes.length);
  return branchHash(rootOf(hashes.slice(0, left)), rootOf(hashes.slice(left)));
}

function stepsOf(hashes: readonly Buffer[], index: number): Step[] {
  if (hashes.length === 1) return [];
  const left = leftSize(hashes.length);
  const [own, other] = [hashes.slice(0, left), hashes.slice(left)];
  if (index < left) return [...stepsOf(own, index), { side: 'right', hash: rootOf(other).toString('hex') }];
  return [...stepsOf(other, index - left), { side: 'left', hash: rootOf(own).toString('hex') }];
}

/** The largest power of two that is smaller than the number of leaves. */
function leftSize(count: number): number {
  return 2 ** Math.floor(Math.log2(count - 1));
}

function leafHash(leaf: Buffer): Buffer {
  return createHash('sha256').update(LEAF).update(leaf).digest();
}

function branchHash(left: Buffer, right: Buffer): Buffer {
  return createHash('sha256').update(BRANCH).update(left).update(right).digest();
}
