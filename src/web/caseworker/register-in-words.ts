import { Injectable } from '@nestjs/common';
import { SourceError } from '../../contracts';
import { alwaysStops, FACT_WORDS, isAboutOther, stopInWords, type RegisterFact } from '../../delivery/person-facts';
import { Recipients } from '../../delivery/recipients';
import { RegisterOfPersons, type OtherPerson } from '../../delivery/register-of-persons';
import { Database } from '../../platform/database/database';
import { AccessRequest } from '../../requests/request.entity';
import type { ApprovalPage } from '../views/godkend';

const LONGEST_MS = 5000;

/** What the register of persons says of citizen and recipient, for the one who approves. */
@Injectable()
export class RegisterInWords {
  constructor(
    private readonly database: Database,
    private readonly recipients: Recipients,
    private readonly register: RegisterOfPersons,
  ) {}

  /** `blocked`: what no approval can overrule. Nothing where no register is connected. */
  async of(
    authorityId: string,
    requestId: string,
  ): Promise<{ register?: ApprovalPage['register']; blocked?: string[] }> {
    const { recipient, cpr } = await this.database.inAuthority(authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
      return {
        recipient: await this.recipients.of(entities, request),
        cpr: await this.recipients.cprOf(entities, request),
      };
    });
    try {
      const others = await this.register.othersOf(authorityId, requestId, cpr);
      const said = await this.register.of(authorityId, recipient, cpr, AbortSignal.timeout(LONGEST_MS), others);
      if (!said.isConnected) return {};
      const stopping = said.facts.filter((fact) => alwaysStops(fact, recipient));
      const words = said.facts.map((fact) => inWords(fact, others));
      return {
        register: { words, facts: said.facts.join(','), hasAnswered: true },
        blocked: stopping.map(stopInWords),
      };
    } catch (error) {
      if (!(error instanceof SourceError) && (error as Error).name !== 'TimeoutError') throw error;
      return { register: { words: [], facts: '', hasAnswered: false } };
    }
  }
}

function inWords(fact: RegisterFact, others: OtherPerson[]): string {
  if (!isAboutOther(fact)) return FACT_WORDS[fact];
  const name = others.find(({ key }) => fact === `other-${key}`)?.name ?? 'En person i dokumenterne';
  return `${name} har adressebeskyttelse. Se efter, at adressen er fjernet i alle dokumenter.`;
}
