import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { Clock } from '../../platform/clock';
import { Refusal } from '../../requests/refusal';
import { Pages } from '../pages';
import type { FragmentName, FragmentViews, PageName, PageViews } from '../views';
import type { AuthorityView, PageShell } from '../views/page-shell';

const ROLE_WORDS: Record<string, string> = {
  sagsbehandler: 'sagsbehandler',
  godkender: 'godkender',
  arkivar: 'arkivar',
  drift: 'drift',
  dpo: 'databeskyttelsesrådgiver',
};

/** What becomes of a form. */
export interface FormAnswer<Name extends PageName> {
  work: () => Promise<unknown>;
  /** Where the reader goes when it is done. */
  then: string;
  /** Shown again, with what stands in the way, when it is refused. */
  page: Name;
  refused: (refusal: Refusal) => Promise<PageViews[Name]>;
}

/** Answers with a page: the shell of the visit around the view. */
@Injectable()
export class PageWriter {
  private readonly pages = new Pages();
  private readonly authorities = new Map<string, AuthorityView>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async send<Name extends PageName>(
    request: FastifyRequest,
    reply: FastifyReply,
    name: Name,
    view: PageViews[Name],
    options: { status?: number; notice?: PageShell['notice'] } = {},
  ): Promise<void> {
    const shell = await this.shell(request, reply, options.notice);
    await reply
      .status(options.status ?? 200)
      .type('text/html; charset=utf-8')
      .header('cache-control', 'no-store')
      .send(this.pages.render(name, shell, view));
  }

  /** What was sent in is done, and the reader goes on; what is refused is said on the page that it came from. */
  async answerForm<Name extends PageName>(
    request: FastifyRequest,
    reply: FastifyReply,
    { work, then, page, refused }: FormAnswer<Name>,
  ): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return this.send(request, reply, page, await refused(error), { status: 422 });
    }
    await reply.redirect(then, 303);
  }

  async fragment<Name extends FragmentName>(
    request: FastifyRequest,
    reply: FastifyReply,
    name: Name,
    view: FragmentViews[Name],
  ): Promise<string> {
    return this.pages.renderFragment(name, await this.shell(request, reply), view);
  }

  private async shell(request: FastifyRequest, reply: FastifyReply, notice?: PageShell['notice']): Promise<PageShell> {
    const user = request.visit?.user;
    return {
      authority: await this.authorityView(request.visit?.authorityId),
      person: user
        ? {
            name: user.name,
            kind: user.kind,
            roles: user.kind === 'staff' ? user.roles.map((role) => ROLE_WORDS[role]) : [],
          }
        : undefined,
      csrfToken: reply.generateCsrf({ userInfo: request.visit?.token ?? '' }),
      now: this.clock.now(),
      notice,
    };
  }

  private async authorityView(authorityId: string | undefined): Promise<AuthorityView> {
    if (!authorityId) return { name: 'Aktindsigt', phone: '', email: '', address: '', dpoEmail: '' };
    const known = this.authorities.get(authorityId);
    if (known) return known;
    const authority = await this.database.inAuthority(authorityId, (entities) =>
      entities.findOneByOrFail(Authority, { id: authorityId }),
    );
    const { contactPhone: phone, contactEmail: email, address, dpoEmail } = authority.settings;
    const view = { name: authority.name, phone, email, address, dpoEmail };
    this.authorities.set(authorityId, view);
    return view;
  }
}
