import { Injectable, type OnModuleInit } from '@nestjs/common';
import { In, type EntityManager, type EntityTarget, type ObjectLiteral } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { storeRelations } from '../gathering/duplicates/document-relations';
import { FileRow } from '../gathering/file.entity';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import type { JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { LIFECYCLE } from '../requests/lifecycle';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { Persons } from './persons/persons';
import { QuietFinding } from './persons/quiet-finding.entity';
import { Proposal } from './proposal.entity';
import { ProtectedExistence } from './protected-existence';
import { applyNumbers, ProposeRequest, type ProposedRequest } from './propose-request';

const ROWS_AN_INSERT = 500;

/** The queue `propose`: one job a request. */
@Injectable()
export class ProposeProcessor implements OnModuleInit, JobDefinition<AccessRequest, ProposedRequest> {
  readonly name = 'propose.request' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly proposeRequest: ProposeRequest,
    private readonly transitions: Transitions,
    private readonly persons: Persons,
    private readonly existence: ProtectedExistence,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string, lock: boolean): Promise<AccessRequest | null> {
    return entities.findOne(AccessRequest, {
      where: { id },
      ...(lock ? { lock: { mode: 'pessimistic_write' as const } } : {}),
    });
  }

  isExpected(request: AccessRequest): true | string {
    return request.state === 'proposing' || `the request is in state "${LIFECYCLE[request.state].staff}"`;
  }

  run(request: AccessRequest): Promise<ProposedRequest> {
    return this.proposeRequest.run(request);
  }

  async mark(entities: EntityManager, request: AccessRequest, proposed: ProposedRequest): Promise<string> {
    await applyNumbers(entities, proposed.numbered);
    for (const { documentId, finding } of proposed.findings)
      await entities.update(DocumentRow, { id: documentId }, { finding });
    await this.persons.store(entities, request, proposed.persons);
    if (proposed.sentIn.length > 0) await entities.update(DocumentRow, { id: In(proposed.sentIn) }, { sentIn: true });
    const own = { authorityId: request.authorityId, requestId: request.id };
    await this.existence.propose(entities, request, proposed.signs);
    await storeRelations(entities, own, proposed.relations);
    let count = 0;
    for (const { fileId, proposalsKey, proposals, quiet } of proposed.files) {
      await entities.update(FileRow, { id: fileId }, { proposalsKey });
      await insertRows(
        entities,
        Proposal,
        proposals.map((each) => ({ ...each, ...own })),
      );
      await insertRows(
        entities,
        QuietFinding,
        quiet.map((each) => ({ ...each, ...own })),
      );
      count += proposals.length;
    }
    await this.transitions.move(
      entities,
      request.id,
      'review',
      THE_SYSTEM,
      'Every page has been read and proposals are made.',
    );
    return `${count} proposals in ${proposed.files.length} files`;
  }

  async giveUp(entities: EntityManager, request: AccessRequest, error: Error): Promise<void> {
    const attention = `Der kunne ikke dannes forslag (${error.name}). Det prøves igen af sig selv; bed driften se på det, hvis det bliver ved.`;
    await entities.update(AccessRequest, { id: request.id }, { attention });
  }
}

async function insertRows<Row extends ObjectLiteral>(
  entities: EntityManager,
  table: EntityTarget<Row>,
  rows: Row[],
): Promise<void> {
  for (let from = 0; from < rows.length; from += ROWS_AN_INSERT) {
    await entities
      .createQueryBuilder()
      .insert()
      .into(table)
      .values(rows.slice(from, from + ROWS_AN_INSERT))
      .orIgnore()
      .execute();
  }
}
