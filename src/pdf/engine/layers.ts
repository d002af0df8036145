import { PDFArray, PDFDict, PDFName, PDFRef, type PDFObject } from 'pdf-lib';
import type { PageSource } from './page-source';
import { readable } from './source-text';

/** Optional content groups (ISO 32000-1, 8.11): which layers a reader does not see. */
export class Layers {
  private readonly off = new Set<PDFObject>();
  private readonly names = new Map<PDFObject, string>();

  constructor(private readonly document: Pick<PageSource, 'context' | 'catalog'>) {
    const { context, catalog } = document;
    const properties = context.lookup(catalog.get(PDFName.of('OCProperties')));
    if (!(properties instanceof PDFDict)) return;
    const groups = this.list(properties.get(PDFName.of('OCGs')));
    for (const group of groups) this.names.set(group, readable((group as PDFDict).get(PDFName.of('Name')), context));
    const standard = context.lookup(properties.get(PDFName.of('D')));
    if (!(standard instanceof PDFDict)) return;
    const base = context.lookup(standard.get(PDFName.of('BaseState')))?.toString();
    if (base === '/OFF') groups.forEach((group) => this.off.add(group));
    for (const group of this.list(standard.get(PDFName.of('ON')))) this.off.delete(group);
    for (const group of this.list(standard.get(PDFName.of('OFF')))) this.off.add(group);
  }

  /** Names of the layers that are switched off. */
  get offNames(): string[] {
    return [...this.off].map((group) => this.names.get(group) ?? '');
  }

  /** True when a group, or a membership dictionary by its policy, is not shown. */
  isOff(reference: PDFObject | undefined): boolean {
    const group = reference ? this.document.context.lookup(reference) : undefined;
    if (!(group instanceof PDFDict)) return false;
    if (group.get(PDFName.of('Type'))?.toString() !== '/OCMD') return this.off.has(group);
    const members = this.members(group.get(PDFName.of('OCGs')));
    if (members.length === 0) return false;
    const isOff = (member: PDFObject) => this.off.has(member);
    switch (group.get(PDFName.of('P'))?.toString()) {
      case '/AllOn':
        return members.some(isOff);
      case '/AllOff':
        return !members.every(isOff);
      case '/AnyOff':
        return !members.some(isOff);
      default:
        return members.every(isOff);
    }
  }

  private members(value: PDFObject | undefined): PDFObject[] {
    const found = value ? this.document.context.lookup(value) : undefined;
    return found instanceof PDFDict ? [found] : this.list(value);
  }

  private list(value: PDFObject | undefined): PDFObject[] {
    const found = value ? this.document.context.lookup(value) : undefined;
    if (!(found instanceof PDFArray)) return [];
    return found
      .asArray()
      .map((item) => (item instanceof PDFRef ? this.document.context.lookup(item) : item))
      .filter((item): item is PDFDict => item instanceof PDFDict);
  }
}
