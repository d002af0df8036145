import { Body, Controller, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { ForReaders, ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { ArchiveFront } from './archive-front';
import { CitizenSearchForm, DeliveriesQuery, DeliveryAddress, LogQuery, LogReasonForm } from './archive-queries';
import { DeliveryRegister } from './delivery-register';
import { DeliveryStories } from './delivery-story';
import { LogPages } from './log-pages';

const SHORTEST_REASON = 5;
const TEN_DIGITS = /^\d{6}-?\d{4}$/;
const CPR_MISSING = 'Skriv hele personnummeret, ti cifre.';
const NOBODY = 'Ingen borger med det personnummer har bedt om aktindsigt her.';
const REASON_MISSING = 'Skriv, hvorfor du skal se loggen, for eksempel »stikprøve« eller nummeret på en klage.';

/** `/arkiv`: what was sent to whom, whether it was right, and who did what. */
@ForStaff('arkivar', 'dpo')
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
  @ForStaff('arkivar', 'drift', 'dpo')
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

  /** The number comes in a form, so that it stands in no address and no log. */
  @Post('leverancer/borger')
  @ForReaders()
  async citizen(
    @Employee() user: StaffUser,
    @Body() { cpr }: CitizenSearchForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const number = cpr?.replace(/\s/g, '') ?? '';
    const address = TEN_DIGITS.test(number) ? await this.deliveries.addressOfCitizen(user, number) : null;
    if (address) return void (await reply.redirect(address, 303));
    const message = TEN_DIGITS.test(number) ? NOBODY : CPR_MISSING;
    const view = await this.deliveries.page(user, new DeliveriesQuery(), [{ field: 'cpr', message }]);
    await this.writer.send(request, reply, 'leverancer', view, { status: 422 });
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
  @ForReaders()
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
  @ForReaders()
  async check(@Employee() user: StaffUser, @Reply() reply: FastifyReply): Promise<void> {
    await this.log.check(user);
    await reply.redirect('/arkiv/log', 303);
  }
}
