export type ContactStatus = 'REGISTERED' | 'EXEMPT' | 'CLOSED';

/** Who is in Digital Post. Someone who was never named is registered, unless the table was told otherwise. */
export class ContactTable {
  private readonly statuses = new Map<string, ContactStatus | 'UNKNOWN'>();

  constructor(private others: ContactStatus | 'UNKNOWN' = 'REGISTERED') {}

  /** `id`: a CPR or a CVR number. */
  set(id: string, status: ContactStatus | 'UNKNOWN'): void {
    this.statuses.set(id, status);
  }

  statusOf(id: string): ContactStatus | 'UNKNOWN' {
    return this.statuses.get(id) ?? this.others;
  }

  /** A page of the contact register as NgDP shapes it. */
  search(id: string): object {
    const status = this.statusOf(id);
    const contacts =
      status === 'UNKNOWN'
        ? []
        : [
            {
              [id.length === 8 ? 'cvrNumber' : 'cprNumber']: id,
              mailboxSubscription: {
                publicRegistrationStatus: status,
                registrationStatus: status === 'EXEMPT' ? 'EXEMPT_OTHER_REASON' : 'AUTOMATIC_REGISTRATION',
              },
            },
          ];
    return { currentPage: 0, totalPages: 1, elementsOnPage: contacts.length, totalElements: contacts.length, contacts };
  }
}
