import { Controller, Get, Query, Req } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import type { QueueScope } from '../views/koe';
import { QueuePages } from './queue-page';

class QueueQuery {
  @IsOptional()
  @IsIn(['mine', 'enhed', 'alle'])
  vis?: QueueScope;

  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  side?: number;
}

/** `/sagsbehandling`: what must be done today. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling')
export class QueueController {
  constructor(
    private readonly pages: QueuePages,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async queue(
    @Employee() user: StaffUser,
    @Query() { vis, side }: QueueQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'koe', await this.pages.view(user, vis, side ?? 1));
  }
}
