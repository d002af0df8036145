export { detect, detectInRequest, readRequest, type RequestFindings, type RequestText } from './detect';
export type { DetectedPerson } from './persons';
