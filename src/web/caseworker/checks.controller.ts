import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, IsUUID, Max, MaxLength, Min } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { SecondReading } from '../../redaction/checks/second-reading';
import { SettleFindings } from '../../redaction/checks/settle-findings';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { ChecksPages } from './checks-page';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

class UnevenForm {
  @IsIn(['fjern', 'behold'])
  svar!: 'fjern' | 'behold';

  @IsOptional()
  @IsString()
  @MaxLength(2000)
  begrundelse?: string;
}

class ReadingForm {
  @IsUUID()
  side!: string;

  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(1000)
  overset!: number;
}

/** `/sagsbehandling/{id}/kontrol`: findings of the whole request, each settled where it is shown. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/kontrol')
export class ChecksController {
  constructor(
    private readonly pages: ChecksPages,
    private readonly settle: SettleFindings,
    private readonly reading: SecondReading,
    private readonly inHand: RequestInHand,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'kontrol', await this.pages.view(user, id));
  }

  @Post('fund/:fund')
  uneven(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('fund', Id) findingId: string,
    @Body() { svar, begrundelse }: UnevenForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, `begrundelse-${findingId}`, (entities) =>
      svar === 'fjern'
        ? this.settle.removeThereToo(entities, id, findingId, user.staffId)
        : this.settle.keepThere(entities, id, findingId, user.staffId, begrundelse ?? ''),
    );
  }

  @Post('stikproeve')
  draw(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, 'stikproeve', (entities) =>
      this.reading.draw(entities, id, user.staffId),
    );
  }

  @Post('stikproeve/laest')
  read(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { side, overset }: ReadingForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, 'stikproeve', (entities) =>
      this.reading.record(entities, id, side, user.staffId, overset),
    );
  }

  /** A second reader does not take the request over: only what is decided makes it somebody's. */
  private act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    field: string,
    work: (entities: EntityManager) => Promise<void>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          await this.inHand.of(entities, id);
          await work(entities);
        }),
      then: `/sagsbehandling/${id}/kontrol`,
      page: 'kontrol',
      refused: ({ message }) => this.pages.view(user, id, [{ field, message }]),
    });
  }
}
