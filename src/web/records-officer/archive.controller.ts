import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { ArchiveFront } from './archive-front';
import { DeliveriesQuery, DeliveryAddress, LogQuery, LogReasonForm } from './archive-queries';
import { DeliveryRegister } from './delivery-register';
import { DeliveryStories } from './delivery-story';
import { LogPages } from './log-pages';

const SHORTEST_REASON = 5;
const REASON_MISSING = 'Skriv, hvorfor du skal se loggen, for eksempel »stikprøve« eller nummeret på en klage.';

/** `/arkiv`: what was sent to whom, whether it was right, and who did what. */
@ForStaff('arkivar')
@Controller('arkiv')
export class ArchiveController {
  constructor(
    private readonly front: ArchiveFront,
    private readonly deliveries: DeliveryRegister,
    private readonly stories: DeliveryStories,
    private readonly log: LogPages,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  @ForStaff('arkivar', 'drift')
  async problems(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply) {
    await this.writer.send(request, reply, 'arkiv', await this.front.page(user));
  }

  @Get('leverancer')
  async register(
    @Employee() user: StaffUser,
    @Query() query: DeliveriesQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'leverancer', await this.deliveries.page(user, query));
  }

  @Get('leverancer/:id')
  async delivery(
    @Employee() user: StaffUser,
    @Param() { id }: DeliveryAddress,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'leverance', await this.stories.page(user, id));
  }

  @Get('log')
  async auditLog(
    @Employee() user: StaffUser,
    @Query() query: LogQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'log', await this.log.page(user, query));
  }

  @Post('log/begrundelse')
  async giveReason(
    @Employee() user: StaffUser,
    @Body() { begrundelse }: LogReasonForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    if (begrundelse.trim().length < SHORTEST_REASON) {
      const view = await this.log.unread(user, [{ field: 'begrundelse', message: REASON_MISSING }]);
      return this.writer.send(request, reply, 'log', view, { status: 422 });
    }
    await this.log.giveReason(user, begrundelse);
    await reply.redirect('/arkiv/log', 303);
  }

  @Post('log/kontroller')
  async check(@Employee() user: StaffUser, @Reply() reply: FastifyReply): Promise<void> {
    await this.log.check(user);
    await reply.redirect('/arkiv/log', 303);
  }
}
