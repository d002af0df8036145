import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import {
  assemblePackage,
  dividePackage,
  weighDocuments,
  type AssembledDocument,
  type DividedDocument,
  type PackageDocument,
  type PackagePlan,
} from '../pdf';
import { PackagePlaces } from './package-places';
import { partFront } from './part-front';
import { PACKAGE_STEM, partFileName, partInWords, type Part } from './part-names';

export interface PackagePart {
  /** From 1. */
  number: number;
  /** As the citizen sees it. */
  name: string;
  path: string;
  bytes: number;
  documents: AssembledDocument[];
}

export interface AssembledParts {
  parts: PackagePart[];
  places: PackagePlaces;
}

export interface PartsPlan extends Omit<PackagePlan, 'front' | 'part' | 'documents'> {
  documents: (PackageDocument & { files: string[] })[];
  caseNumber: string;
  /** YYYY-MM-DD. */
  date: string;
}

/** What is assembled comes out near the size of what went in; far above the limit it is not tried as one. */
const NEAR = 1.2;
/** Below the limit that was missed, so that the next try lands under it. */
const LOWER = 0.97;

/**
 * The documents as one PDF, or as several of at most `mostBytes` each, divided at the borders of documents, and at pages where
 * one document alone is larger. Each begins with a list of what is in it and can be read alone. Only a single page that is
 * larger makes a part larger. The same plan gives the same bytes.
 */
export async function assembleParts(plan: PartsPlan, folder: string, mostBytes: number): Promise<AssembledParts> {
  if (plan.documents.length === 0) return { parts: [], places: PackagePlaces.NONE };
  if ((await sizeOf(plan.documents.flatMap(({ files }) => files))) <= mostBytes * NEAR) {
    const whole = [await assembleOne(plan, plan.documents, folder)];
    if (isSmall(whole, mostBytes)) return withPlaces(whole);
  }
  const weighed = await weighDocuments(plan.documents);
  for (let room = mostBytes; ;) {
    const parts = await assembleAll(plan, dividePackage(weighed, room), folder);
    if (isSmall(parts, mostBytes)) return withPlaces(parts);
    const largest = Math.max(...parts.filter(isDivisible).map(({ bytes }) => bytes));
    room = Math.floor(room * Math.max(0.5, mostBytes / largest) * LOWER);
  }
}

async function assembleAll(plan: PartsPlan, groups: DividedDocument[][], folder: string): Promise<PackagePart[]> {
  if (groups.length === 1) return [await assembleOne(plan, groups[0] as DividedDocument[], folder)];
  const parts: PackagePart[] = [];
  for (const [index, documents] of groups.entries()) {
    const part: Part = { number: index + 1, of: groups.length };
    const front = await partFront(plan, groups, part);
    parts.push(await assembleOne(plan, documents, folder, { part, front }));
  }
  return parts;
}

async function assembleOne(
  plan: PartsPlan,
  documents: PackageDocument[],
  folder: string,
  divided: { part?: Part; front?: Uint8Array } = {},
): Promise<PackagePart> {
  const part = divided.part ?? { number: 1, of: 1 };
  const name = partFileName(PACKAGE_STEM, part);
  const path = join(folder, name);
  const title = divided.part ? `${plan.title}, ${partInWords(name)}` : plan.title;
  const assembled = await assemblePackage({ ...plan, ...divided, title, documents }, path);
  return { number: part.number, name, path, bytes: (await stat(path)).size, documents: assembled.documents };
}

function withPlaces(parts: PackagePart[]): AssembledParts {
  const documents = parts.flatMap((part) => part.documents.map((each) => ({ ...each, part: part.number })));
  return { parts, places: new PackagePlaces(parts.length, documents) };
}

function isSmall(parts: readonly PackagePart[], mostBytes: number): boolean {
  return parts.every((part) => part.bytes <= mostBytes || !isDivisible(part));
}

/** A single page is the smallest piece. */
function isDivisible({ documents }: PackagePart): boolean {
  return documents.reduce((sum, { pages }) => sum + pages, 0) > 1;
}

async function sizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
