export {
  assemblePackage,
  type AssembledDocument,
  type AssembledPackage,
  type DocumentPiece,
  type PackageDocument,
  type PackagePlan,
} from './assemble';
export type { Bookmark } from './outline';
export { AssemblyError } from './assembly-error';
export { dividePackage, weighDocuments, type DividedDocument, type WeighedDocument } from './divide-package';
export { pageCountOf, type PackageSource, type PdfSource } from './package-source';
