import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../../platform/clock';
import { Refusal } from '../../requests/refusal';
import { AccessRequest } from '../../requests/request.entity';
import { ReviewDesk } from '../review-desk';
import { CONFIDENCE, drawSample, pagesAtMost, sampleSize, TOLERATED_SHARE, upperBound } from './sampling';

export interface SamplePage {
  pageId: string;
  documentId: string;
  /** As the address counts it: from 1 through all files of the document. */
  side: number;
  stratum: string;
  readBy: string | null;
  missed: number | null;
}

/** The plan of a round, and what may be said of the pages that nobody has read a second time. */
export interface Sample {
  population: number;
  drawnAt: Date;
  confidence: number;
  pages: SamplePage[];
  read: number;
  /** Pages on which something was missed, and how many passages that were. */
  faulty: number;
  missed: number;
  /** Upper bound of the share of pages with something missed; 1 while nothing is read. */
  bound: number;
  atMostPages: number;
}

interface Drawable {
  id: string;
  stratum: string;
  document_id: string;
  side: number;
}

const STATES = new Set(['review', 'ready']);

/** A second person reads a drawn part of the pages; the approver sees what that tells of the rest. */
@Injectable()
export class SecondReading {
  constructor(
    private readonly desk: ReviewDesk,
    private readonly clock: Clock,
  ) {}

  /** Draws the pages of this round, once: who could draw again could choose. */
  async draw(entities: EntityManager, requestId: string, staffId: string): Promise<void> {
    const request = await this.inHand(entities, requestId);
    if (await this.planId(entities, request))
      throw new Refusal('sample-drawn', 'Stikprøven er allerede trukket for denne gennemgang.');
    const pages = await drawablePages(entities, requestId);
    if (pages.length === 0) throw new Refusal('nothing-to-read', 'Der er ingen sider, som borgeren får, at læse.');
    const seed = randomBytes(16).toString('hex');
    const order = (id: string): string => createHash('sha256').update(`${seed}:${id}`).digest('hex');
    const drawn = drawSample(pages, sampleSize(pages.length), order);
    const [plan]: { id: string }[] = await entities.query(
      `insert into sample_plan (authority_id, request_id, round, seed, population, tolerated_share, confidence, drawn_by, drawn_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`,
      [
        request.authorityId,
        requestId,
        request.reviewRound,
        seed,
        pages.length,
        TOLERATED_SHARE,
        CONFIDENCE,
        staffId,
        this.clock.now(),
      ],
    );
    for (const { id, document_id, side, stratum } of drawn)
      await entities.query(
        'insert into sample_page (plan_id, authority_id, page_id, document_id, side, stratum) values ($1, $2, $3, $4, $5, $6)',
        [plan.id, request.authorityId, id, document_id, side, stratum],
      );
    await this.desk.note(
      entities,
      request,
      staffId,
      'sample.draw',
      'Pages were drawn for a second reading.',
      drawn.length,
    );
  }

  /** One page read by somebody who has decided nothing in the request. */
  async record(
    entities: EntityManager,
    requestId: string,
    pageId: string,
    staffId: string,
    missed: number,
  ): Promise<void> {
    const request = await this.inHand(entities, requestId);
    const planId = await this.planId(entities, request);
    if (!planId) throw new Refusal('no-sample', 'Stikprøven er ikke trukket. Træk den først.');
    await refuseFirstReader(entities, request, staffId);
    const [, changed]: [unknown, number] = await entities.query(
      'update sample_page set read_by = $3, read_at = $4, missed = $5 where plan_id = $1 and page_id = $2',
      [planId, pageId, staffId, this.clock.now(), missed],
    );
    if (changed === 0)
      throw new Refusal('page-not-drawn', 'Siden er ikke med i stikprøven. Opdater siden, og prøv igen.');
    await this.desk.note(
      entities,
      request,
      staffId,
      'sample.read',
      'A page of the sample was read a second time.',
      missed,
    );
  }

  /** Null when no sample was drawn in this round. */
  async of(entities: EntityManager, request: AccessRequest): Promise<Sample | null> {
    const [plan]: { id: string; population: number; drawn_at: Date; confidence: number }[] = await entities.query(
      'select id, population, drawn_at, confidence from sample_plan where request_id = $1 and round = $2',
      [request.id, request.reviewRound],
    );
    if (!plan) return null;
    const pages: SamplePage[] = await entities.query(
      `select s.page_id as "pageId", s.document_id as "documentId", s.side, s.stratum, s.read_by as "readBy", s.missed
       from sample_page s join document d on d.id = s.document_id where s.plan_id = $1 order by d.position, s.side`,
      [plan.id],
    );
    const read = pages.filter(({ missed }) => missed !== null);
    const faulty = read.filter(({ missed }) => (missed ?? 0) > 0).length;
    const bound = upperBound(read.length, faulty, plan.confidence);
    return {
      population: plan.population,
      drawnAt: plan.drawn_at,
      confidence: plan.confidence,
      pages,
      read: read.length,
      faulty,
      missed: read.reduce((sum, { missed }) => sum + (missed ?? 0), 0),
      bound,
      atMostPages: pagesAtMost(plan.population, read.length, bound),
    };
  }

  private async inHand(entities: EntityManager, requestId: string): Promise<AccessRequest> {
    const request = await entities.findOneOrFail(AccessRequest, {
      where: { id: requestId },
      lock: { mode: 'pessimistic_write' },
    });
    if (!STATES.has(request.state))
      throw new Refusal(
        'not-readable-now',
        'Stikprøven kan læses, mens anmodningen er til gennemgang eller venter på at blive godkendt.',
      );
    return request;
  }

  private async planId(entities: EntityManager, request: AccessRequest): Promise<string | null> {
    const [plan]: { id: string }[] = await entities.query(
      'select id from sample_plan where request_id = $1 and round = $2',
      [request.id, request.reviewRound],
    );
    return plan?.id ?? null;
  }
}

async function refuseFirstReader(entities: EntityManager, { id }: AccessRequest, staffId: string): Promise<void> {
  const [{ count }]: { count: number }[] = await entities.query(
    'select count(*)::int as count from redaction where request_id = $1 and decided_by = $2',
    [id, staffId],
  );
  if (count > 0)
    throw new Refusal(
      'own-work',
      'Du har selv taget stilling i denne anmodning. Bed en kollega om at læse stikprøven.',
    );
}

/** Every page that the citizen is to get, with the kind of document and how it was read. */
function drawablePages(entities: EntityManager, requestId: string): Promise<Drawable[]> {
  return entities.query(
    `select p.id, d.id as document_id, d.kind || ':' || p.reading as stratum,
       row_number() over (partition by d.id order by f.position, f.id, p.number)::int as side
     from page p join file f on f.id = p.file_id join document d on d.id = f.document_id
     where p.request_id = $1 and f.state = 'converted' and d.outcome not in ('withheld', 'outside', 'duplicate')
     order by p.id`,
    [requestId],
  );
}
