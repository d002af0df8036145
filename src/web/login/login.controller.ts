import { Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Login } from '../../identity/login';
import { LoginRefused } from '../../identity/login-refused';
import { Sessions } from '../../identity/sessions';
import { ForEverybody } from '../http/access';
import { AnyVisit, Reply, type Visit } from '../http/visit';
import { Visits } from '../http/visits';

type Side = 'citizen' | 'staff';
const HOME: Record<Side, string> = { citizen: '/mine-sager', staff: '/medarbejder/forside' };

/** Log in and out, citizens and staff alike; only the login server differs. */
@ForEverybody()
@Controller()
export class LoginController {
  constructor(
    private readonly login: Login,
    private readonly sessions: Sessions,
    private readonly visits: Visits,
  ) {}

  @Get('log-ind')
  startCitizen(@AnyVisit() visit: Visit, @Reply() reply: FastifyReply, @Query('til') returnTo?: string): Promise<void> {
    return this.start(visit, reply, 'citizen', returnTo);
  }

  @Get('medarbejder')
  startStaff(@AnyVisit() visit: Visit, @Reply() reply: FastifyReply, @Query('til') returnTo?: string): Promise<void> {
    return this.start(visit, reply, 'staff', returnTo);
  }

  @Get('log-ind/retur')
  finishCitizen(@AnyVisit() visit: Visit, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    return this.finish(visit, request, reply, 'citizen');
  }

  @Get('medarbejder/retur')
  finishStaff(@AnyVisit() visit: Visit, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    return this.finish(visit, request, reply, 'staff');
  }

  @Post('log-ud')
  async logOut(@AnyVisit() visit: Visit, @Reply() reply: FastifyReply): Promise<void> {
    if (visit.token) await this.sessions.end(visit.authorityId, visit.token);
    await reply.clearCookie(this.visits.cookieName, this.visits.cookieOptions).redirect('/', 303);
  }

  private async start(visit: Visit, reply: FastifyReply, side: Side, returnTo: string | undefined): Promise<void> {
    const { address, token } = await this.login.start(visit.authorityId, side, ownPath(returnTo) ?? HOME[side]);
    await reply.setCookie(this.visits.cookieName, token, this.visits.cookieOptions).redirect(address, 303);
  }

  private async finish(visit: Visit, request: FastifyRequest, reply: FastifyReply, side: Side): Promise<void> {
    if (!visit.token) throw new LoginRefused('expired');
    const query = new URL(request.url, 'http://localhost').search;
    const { session, returnTo } = await this.login.finish(visit.authorityId, side, visit.token, query);
    await reply.setCookie(this.visits.cookieName, session, this.visits.cookieOptions).redirect(returnTo, 303);
  }
}

/** Only a path of ours: nobody is sent elsewhere by a link that somebody else made. */
function ownPath(returnTo: string | undefined): string | null {
  return returnTo !== undefined && /^\/(?![/\\])[\w\-./?=&%]*$/.test(returnTo) ? returnTo : null;
}
