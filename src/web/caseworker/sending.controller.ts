import { Controller, Param, Post } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { TakeBack } from '../../delivery/take-back';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { ForStaff } from '../http/access';
import { Employee, Reply } from '../http/visit';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

/** What is done to an answer that was approved and has not left. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id')
export class SendingController {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly takeBack: TakeBack,
  ) {}

  @Post('fortryd-afsendelse')
  async undo(@Employee() user: StaffUser, @Param('id', Id) id: string, @Reply() reply: FastifyReply): Promise<void> {
    await this.database.inAuthority(user.authorityId, async (entities) => {
      await this.inHand.of(entities, id);
      await this.takeBack.undo(entities, id, user.staffId);
    });
    await reply.redirect(`/sagsbehandling/${id}/godkend`, 303);
  }
}
