export {
  AssemblyError,
  assemblePackage,
  type AssembledDocument,
  type AssembledPackage,
  type PackageDocument,
  type PackagePlan,
} from './assemble';
