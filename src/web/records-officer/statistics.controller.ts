import { Controller, Get, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { Clock } from '../../platform/clock';
import { ForStaff } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import type { StatisticsTable } from '../views/statistik';
import { DaysQuery } from './archive-queries';
import { csvOf } from './csv';
import { StatisticsPages } from './statistics-pages';
import { workbookOf } from './workbook';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** `/arkiv/statistik`: plots with tables behind them, and the same for the council without small numbers. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv')
export class StatisticsController {
  constructor(
    private readonly pages: StatisticsPages,
    private readonly writer: PageWriter,
    private readonly clock: Clock,
  ) {}

  @Get('statistik')
  async page(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'statistik', await this.pages.page(user, fra, til));
  }

  @Get('statistik.csv')
  async csv(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await sendCsv(reply, 'statistik', await this.pages.tables(user, fra, til));
  }

  @Get('statistik.xlsx')
  async xlsx(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.sendXlsx(reply, 'statistik', await this.pages.tables(user, fra, til));
  }

  @Get('statistik/byraad')
  async council(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'byraad', await this.pages.council(user, fra, til));
  }

  @Get('statistik/byraad.csv')
  async councilCsv(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await sendCsv(reply, 'statistik-byraad', (await this.pages.council(user, fra, til)).tables);
  }

  @Get('statistik/byraad.xlsx')
  async councilXlsx(
    @Employee() user: StaffUser,
    @Query() { fra, til }: DaysQuery,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.sendXlsx(reply, 'statistik-byraad', (await this.pages.council(user, fra, til)).tables);
  }

  private async sendXlsx(reply: FastifyReply, name: string, tables: StatisticsTable[]): Promise<void> {
    await attached(reply, `${name}.xlsx`)
      .type(XLSX)
      .send(await workbookOf(tables, this.clock.now()));
  }
}

async function sendCsv(reply: FastifyReply, name: string, tables: StatisticsTable[]): Promise<void> {
  const lines = tables.flatMap(({ title, columns, rows, note }) => [
    [title],
    columns,
    ...rows.map((row) => row.map((value) => value ?? '')),
    ...(note ? [[note]] : []),
    [],
  ]);
  await attached(reply, `${name}.csv`).type('text/csv; charset=utf-8').send(csvOf(lines));
}
