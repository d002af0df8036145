export {
  AssemblyError,
  assemblePackage,
  type AssembledDocument,
  type AssembledPackage,
  type PackageDocument,
  type PackagePlan,
} from './assemble';
export type { Bookmark } from './outline';
