import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../../identity/sessions';
import { Refusal } from '../../../requests/refusal';
import { ForReaders, ForStaff } from '../../http/access';
import { PageWriter } from '../../http/page-writer';
import { Employee, Reply } from '../../http/visit';
import { WhoGotForm, WhoGotQuery } from './incident-forms';
import { WhoGotPages } from './who-got-page';

/** `/arkiv/haendelser/hvem`: who got which page? What is looked for comes in a form and stands in no address. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/haendelser/hvem')
export class WhoGotController {
  constructor(
    private readonly pages: WhoGotPages,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Query() query: WhoGotQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'haendelse-hvem', await this.pages.page(user, query));
  }

  @Post()
  @ForReaders()
  async find(
    @Employee() user: StaffUser,
    @Body() form: WhoGotForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.writer.send(request, reply, 'haendelse-hvem', await this.pages.found(user, form));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const view = await this.pages.page(user, form, [{ field: error.code, message: error.message }]);
      await this.writer.send(request, reply, 'haendelse-hvem', view, { status: 422 });
    }
  }
}
