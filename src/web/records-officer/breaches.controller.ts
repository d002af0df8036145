import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsIn, IsOptional, IsString, IsUUID, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Breaches } from '../../redaction/checks/breaches';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { BreachPages } from './breach-pages';

class BreachAddress {
  @IsUUID()
  id!: string;
}

class ConclusionForm {
  @IsIn(['anmeldt', 'ikke-anmeldt'])
  svar!: 'anmeldt' | 'ikke-anmeldt';

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  vurdering?: string;
}

/** `/arkiv/haendelser`: possible breaches, and what was concluded. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/haendelser')
export class BreachesController {
  constructor(
    private readonly pages: BreachPages,
    private readonly breaches: Breaches,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async list(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'haendelser', await this.pages.page(user));
  }

  @Post('brud/:id')
  @ForStaff('arkivar')
  async conclude(
    @Employee() user: StaffUser,
    @Param() { id }: BreachAddress,
    @Body() { svar, vurdering }: ConclusionForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const state = svar === 'anmeldt' ? 'reported' : 'not_reported';
    await this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, (entities) =>
          this.breaches.conclude(entities, id, user.staffId, state, vurdering ?? ''),
        ),
      then: '/arkiv/haendelser',
      page: 'haendelser',
      refused: ({ message }) => this.pages.page(user, [{ field: `vurdering-${id}`, message }]),
    });
  }
}
