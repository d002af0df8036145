export { BO, CITIZENS, CLARA, DAGMAR, IDA, type Citizen } from './citizens';
export { dropFolderCases, IDA_CASES, SOLBY } from './municipality';
export { sbsysHoldings } from './sbsys-holdings';
export { badFile, BAD_FILES, boCase, CLARA_CASE } from './small-cases';
export { APPROVER, CASEWORKER, RECORDS_OFFICER, STAFF, type StaffMember, type StaffRole } from './staff';
export { writeDropFolder } from './write-drop-folder';
