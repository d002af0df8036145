export type StaffRole = 'caseworker' | 'approver' | 'records-officer' | 'data-protection-officer';

/** An employee with a login at the sandbox's identity provider. */
export interface StaffMember {
  login: string;
  name: string;
  initials: string;
  title: string;
  email: string;
  roles: StaffRole[];
}

/** Decides what is redacted. */
export const CASEWORKER: StaffMember = {
  login: 'mette',
  name: 'Mette Holm Agerskov',
  initials: 'MHA',
  title: 'jurist, aktindsigt',
  email: 'mha@solby.example',
  roles: ['caseworker'],
};

/** Answers for the decision. */
export const APPROVER: StaffMember = {
  login: 'jens',
  name: 'Jens Peter Rosendal',
  initials: 'JPR',
  title: 'sekretariatsleder',
  email: 'jpr@solby.example',
  roles: ['approver', 'caseworker'],
};

/** Watches over what was sent to whom. */
export const RECORDS_OFFICER: StaffMember = {
  login: 'lone',
  name: 'Lone Ravnkilde',
  initials: 'LRA',
  title: 'arkivansvarlig',
  email: 'lra@solby.example',
  roles: ['records-officer'],
};

/** Reads everything that the records officer reads, and decides nothing. */
export const DATA_PROTECTION_OFFICER: StaffMember = {
  login: 'dorte',
  name: 'Dorte Vingaard',
  initials: 'DVI',
  title: 'databeskyttelsesrådgiver',
  email: 'dvi@solby.example',
  roles: ['data-protection-officer'],
};

export const STAFF: StaffMember[] = [CASEWORKER, APPROVER, RECORDS_OFFICER, DATA_PROTECTION_OFFICER];
