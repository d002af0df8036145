import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRow } from '../gathering/document.entity';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import type { JobDefinition } from '../platform/queue/job-definition';
import { JobRegistry } from '../platform/queue/job-registry';
import { AppliedRound } from '../redaction/applied-round';
import { AccessRequest } from '../requests/request.entity';
import { Transitions } from '../requests/transitions';
import { AssembleDecision, type AssembledDecision } from './assemble-decision';
import { Decision } from './decision.entity';
import { PackageFile } from './package-file.entity';

/** The queue `assemble`: one job a decision. */
@Injectable()
export class AssembleProcessor implements OnModuleInit, JobDefinition<Decision, AssembledDecision> {
  readonly name = 'assemble.decision' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly assembleDecision: AssembleDecision,
    private readonly round: AppliedRound,
    private readonly transitions: Transitions,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  async load(entities: EntityManager, id: string, lock: boolean): Promise<Decision | null> {
    const decision = await entities.findOneBy(Decision, { id });
    if (!decision || !lock) return decision;
    await entities.findOneOrFail(AccessRequest, {
      where: { id: decision.requestId },
      lock: { mode: 'pessimistic_write' },
    });
    return entities.findOneBy(Decision, { id });
  }

  isExpected(decision: Decision): true | string {
    return decision.state === 'reviewed' || `the decision is already ${decision.state}`;
  }

  run(decision: Decision): Promise<AssembledDecision> {
    return this.assembleDecision.run(decision);
  }

  async mark(entities: EntityManager, decision: Decision, assembled: AssembledDecision): Promise<string> {
    const { outcome, facts, manifest, manifestSha256, reportKey, answerKey, stop } = assembled;
    await entities.update(
      Decision,
      { id: decision.id },
      { state: 'assembled', outcome, facts, manifest, manifestSha256, reportKey, answerKey },
    );
    await entities.insert(
      PackageFile,
      assembled.files.map((file, position) => ({
        ...file,
        size: String(file.size),
        authorityId: decision.authorityId,
        decisionId: decision.id,
        position,
      })),
    );
    for (const each of assembled.outcomes)
      await entities.update(DocumentRow, { id: each.documentId }, { outcome: each.outcome });
    if (stop) {
      const request = await entities.findOneByOrFail(AccessRequest, { id: decision.requestId });
      await this.round.stop(entities, request, stop, decision.id);
      return 'the gate stopped the package';
    }
    await this.transitions.move(entities, decision.requestId, 'ready', THE_SYSTEM, 'The package passed the gate.');
    return `a package of ${facts.pages} pages with ${facts.redactions} redactions passed the gate`;
  }

  async giveUp(entities: EntityManager, decision: Decision, error: Error): Promise<void> {
    const request = await entities.findOneByOrFail(AccessRequest, { id: decision.requestId });
    await this.round.stop(
      entities,
      request,
      `Svaret kunne ikke samles (${error.name}). Driften skal se på det; gennemgangen kan åbnes igen.`,
      decision.id,
    );
  }
}
