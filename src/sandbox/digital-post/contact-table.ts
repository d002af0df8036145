export type ContactStatus = 'REGISTERED' | 'EXEMPT' | 'CLOSED';

/** Who is in Digital Post. Someone who was never named is registered, unless the table was told otherwise. */
export class ContactTable {
  private readonly statuses = new Map<string, ContactStatus | 'UNKNOWN'>();

  constructor(private others: ContactStatus | 'UNKNOWN' = 'REGISTERED') {}

  set(cpr: string, status: ContactStatus | 'UNKNOWN'): void {
    this.statuses.set(cpr, status);
  }

  statusOf(cpr: string): ContactStatus | 'UNKNOWN' {
    return this.statuses.get(cpr) ?? this.others;
  }

  /** A page of the contact register as NgDP shapes it. */
  search(cpr: string): object {
    const status = this.statusOf(cpr);
    const contacts =
      status === 'UNKNOWN'
        ? []
        : [
            {
              cprNumber: cpr,
              mailboxSubscription: {
                publicRegistrationStatus: status,
                registrationStatus: status === 'EXEMPT' ? 'EXEMPT_OTHER_REASON' : 'AUTOMATIC_REGISTRATION',
              },
            },
          ];
    return { currentPage: 0, totalPages: 1, elementsOnPage: contacts.length, totalElements: contacts.length, contacts };
  }
}
