import { Injectable } from '@nestjs/common';
import { People } from '../identity/people';
import { PersonRef } from '../identity/person-ref.entity';
import { Gathering } from '../gathering/gathering';
import { Register } from '../gathering/register';
import { Database } from '../platform/database/database';
import { AccessRequest } from '../requests/request.entity';
import { Requests, type NewRequest } from '../requests/requests';
import { Journal } from './journal';
import { Notices } from './notices';

/** Everything that follows at once from a citizen's request, in one transaction: the dates, the search, the journal, the notice. */
@Injectable()
export class OpenRequest {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly gathering: Gathering,
    private readonly register: Register,
    private readonly people: People,
    private readonly journal: Journal,
    private readonly notices: Notices,
  ) {}

  open(authorityId: string, asked: NewRequest): Promise<AccessRequest> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const earlier = asked.key ? await this.requests.sentBefore(entities, asked.personRefId, asked.key) : null;
      if (earlier) return earlier;
      const request = await this.requests.receive(entities, authorityId, asked);
      const person = await entities.findOneByOrFail(PersonRef, { id: asked.personRefId });
      await this.register.addRequester(
        entities,
        authorityId,
        request.id,
        await this.people.cprOf(person),
        await this.people.nameOf(person),
      );
      await this.gathering.start(entities, request, { kind: 'citizen', id: asked.personRefId });
      await this.journal.announce(entities, request, ['request']);
      await this.notices.announce(entities, request, 'received');
      return request;
    });
  }
}
