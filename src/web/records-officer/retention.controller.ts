import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Retention } from '../../delivery/retention/retention';
import { HOLD_CAUSES, RetentionHold, type HoldCause } from '../../delivery/retention/retention.entities';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { Id } from '../caseworker/id';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { RetentionPages } from './retention-pages';

class ApproveForm {
  @Matches(/^[0-9a-f]{64}$/)
  plan!: string;
}

class HoldForm {
  @IsString()
  @MaxLength(40)
  anmodning!: string;

  @IsIn(HOLD_CAUSES)
  grund!: HoldCause;

  @IsString()
  @MaxLength(2000)
  note!: string;
}

/** `/arkiv/sletning`: working copies that have stood their time, and what stops their deletion. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/sletning')
export class RetentionController {
  constructor(
    private readonly pages: RetentionPages,
    private readonly retention: Retention,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'sletning', await this.pages.page(user));
  }

  @Post('plan')
  @ForStaff('arkivar')
  plan(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    return this.act(user, request, reply, 'plan', (entities) =>
      this.retention.plan(entities, user.authorityId, user.staffId),
    );
  }

  @Post('plan/:id')
  @ForStaff('arkivar')
  approve(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { plan }: ApproveForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, request, reply, 'plan', (entities) =>
      this.retention.approve(entities, id, user.staffId, plan),
    );
  }

  @Post('stop')
  @ForStaff('arkivar')
  hold(
    @Employee() user: StaffUser,
    @Body() { anmodning, grund, note }: HoldForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, request, reply, 'anmodning', async (entities) => {
      const found = await entities.findOneBy(AccessRequest, { number: anmodning.trim() });
      if (!found)
        throw new Refusal(
          'request-unknown',
          'Der er ingen anmodning med det nummer. Se efter i listen over leverancer.',
        );
      await this.retention.hold(entities, found.id, user.staffId, grund, note);
    });
  }

  @Post('stop/:id')
  @ForStaff('arkivar')
  lift(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, request, reply, 'anmodning', async (entities) => {
      const hold = await entities.findOneBy(RetentionHold, { id });
      if (!hold) throw new Refusal('hold-unknown', 'Stoppet findes ikke længere. Opdater siden.');
      await this.retention.lift(entities, hold.requestId, id, user.staffId);
    });
  }

  private act(
    user: StaffUser,
    request: FastifyRequest,
    reply: FastifyReply,
    field: string,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () => this.database.inAuthority(user.authorityId, work),
      then: '/arkiv/sletning',
      page: 'sletning',
      refused: ({ message }) => this.pages.page(user, [{ field, message }]),
    });
  }
}
