export { TransformerNameModel, withModelNames } from './transformer';
export { detect, detectInRequest, readRequest, type RequestFindings, type RequestText } from './detect';
export type { DetectedPerson } from './persons';
export { joinPersons, type JoinedPerson, type JoinedRequest } from './join-persons';
export { reasonForRole } from './reasons-for-role';
export { isSentInBy } from './sent-in';
export { existenceSigns, type ExistenceSign } from './existence-signs';
export { laidOut, type LaidOut } from './layout';
export { isKnownWord } from './known-word';
