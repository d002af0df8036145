import { randomBytes } from 'node:crypto';
import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { LoginRefused, type LoginRefusal } from '../../identity/login-refused';
import { ContentDeleted } from '../../platform/vault/content-deleted';
import { Refusal } from '../../requests/refusal';
import { refusal } from '../pages/refusals';
import type { RefusalKind, RefusalPage } from '../views/afvisning';
import { PageWriter } from './page-writer';
import { RefusedVisit } from './refused-visit';

const LOGIN_KINDS: Record<LoginRefusal, RefusalKind> = {
  expired: 'session-expired',
  failed: 'login-failed',
  'assurance-too-low': 'assurance-too-low',
  'business-identity': 'mitid-erhverv',
  'no-cpr': 'no-cpr',
  'no-role': 'no-role',
  'other-authority': 'no-role',
};
const STATUS_KINDS: Record<number, RefusalKind> = {
  400: 'bad-request',
  401: 'session-expired',
  403: 'form-expired',
  404: 'not-found',
  405: 'not-found',
  413: 'bad-request',
  415: 'bad-request',
  429: 'too-many',
};

/** Every fault becomes a page that says what happened and what to do; staff find the cause in the log by the reference. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Web');

  constructor(private readonly writer: PageWriter) {}

  async catch(error: Error, host: ArgumentsHost): Promise<void> {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    if (reply.sent) return;
    const view = this.viewOf(error, request.url);
    if (isLoginMissing(error) && request.method === 'GET' && view.href)
      return void (await reply.redirect(view.href, 303));
    if (request.headers.accept?.includes('application/json')) {
      return void (await reply
        .status(refusal(view.kind).status)
        .send({ error: view.kind, sentence: view.sentence ?? refusal(view.kind).sentences.join(' ') }));
    }
    const isLogin = error instanceof LoginRefused || error instanceof RefusedVisit;
    await this.writer.send(request, reply, isLogin ? 'adgang-naegtet' : 'fejl', view, {
      status: refusal(view.kind).status,
    });
  }

  private viewOf(error: Error, path: string): RefusalPage {
    if (error instanceof RefusedVisit) return { kind: error.kind, sentence: error.sentence, href: error.href };
    if (error instanceof LoginRefused)
      return { kind: LOGIN_KINDS[error.code], sentence: error.message, href: loginOf(path) };
    if (error instanceof Refusal)
      return { kind: error.code === 'no-such-request' ? 'not-found' : 'already-done', sentence: error.message };
    if (error instanceof ContentDeleted) return { kind: 'deleted' };
    const status =
      error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number }).statusCode ?? 500);
    if (STATUS_KINDS[status]) return { kind: STATUS_KINDS[status] };
    const reference = randomBytes(4).toString('hex');
    this.logger.error(`A page failed (reference ${reference}): ${error.message}`, error.stack);
    return { kind: 'fault', reference };
  }
}

/** An employee whose login failed tries again where employees log in. */
function loginOf(path: string): string {
  return path.startsWith('/medarbejder') ? '/medarbejder' : '/log-ind';
}

function isLoginMissing(error: Error): boolean {
  return error instanceof RefusedVisit && error.kind === 'session-expired';
}
