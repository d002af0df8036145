/** A file that cannot become part of a package. The message is a whole sentence for staff. */
export class AssemblyError extends Error {}
