import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Refusal } from '../../requests/refusal';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { CasePages } from './case-page';
import { RequestInHand } from './request-in-hand';

/** What is done to a request from its own page: done, and the page shown again. */
@Injectable()
export class CaseActs {
  constructor(
    private readonly pages: CasePages,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly inHand: RequestInHand,
  ) {}

  /** Does it and shows the overview; what was refused is said on the same page. */
  async act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    try {
      await this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.toWorkOn(entities, id, user.staffId);
        await work(entities);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      return this.writer.send(request, reply, 'sag', await this.pages.view(user, id), { status: 409, notice });
    }
    await reply.redirect(`/sagsbehandling/${id}`, 303);
  }
}

/** What an address names must be a part of the request that it names. */
export async function mustBelong(count: Promise<number>): Promise<void> {
  if ((await count) === 0) throw new RefusedVisit('not-found');
}
