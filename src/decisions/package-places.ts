import type { AssembledDocument } from '../pdf';

/** A document, or a piece of one, and the part of the package in which it stands, from 1. */
export interface PlacedDocument extends AssembledDocument {
  part: number;
}

/** Both from 1. */
export interface PlaceInPackage {
  part: number;
  page: number;
}

/** Where each page of each document stands in the package, which is one PDF or several. */
export class PackagePlaces {
  constructor(
    /** How many PDF files the package has; 0 when no document is given. */
    readonly parts: number,
    readonly documents: readonly PlacedDocument[],
  ) {}

  static readonly NONE = new PackagePlaces(0, []);

  /** The page (from 0) of the document with that number on the aktliste; nothing when it does not stand in the package. */
  of(number: string | number, page = 0): PlaceInPackage | undefined {
    let left = page;
    for (const { part, firstPage, pages } of this.documents.filter((each) => String(each.number) === String(number))) {
      if (left < pages) return { part, page: firstPage + left };
      left -= pages;
    }
    return undefined;
  }

  /** Pages of documents; lists in front of them are not counted. */
  get pages(): number {
    return this.documents.reduce((sum, each) => sum + each.pages, 0);
  }
}
