import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppliedRound } from './applied-round';
import { DecisionMemory } from './decision-memory';
import { BreachAssessment } from './checks/breach-assessment.entity';
import { Breaches } from './checks/breaches';
import { CheckFinding } from './checks/check-finding.entity';
import { ComparedRequests } from './checks/compared-request';
import { ConsistencyCheck } from './checks/consistency-check';
import { MisfiledDocuments } from './checks/misfiled-documents';
import { SecondReading } from './checks/second-reading';
import { SettleFindings } from './checks/settle-findings';
import { ChangePersons } from './persons/change-persons';
import { PersonChoice } from './persons/person-choice.entity';
import { Persons } from './persons/persons';
import { QuietFinding } from './persons/quiet-finding.entity';
import { Recompute } from './persons/recompute';
import { WordsEverywhere } from './persons/words-everywhere';
import { Proposal } from './proposal.entity';
import { ProtectedExistence } from './protected-existence';
import { Recordings } from './recordings';
import { Redaction } from './redaction.entity';
import { RemovedTerms } from './removed-terms';
import { DocumentReview } from './document-review';
import { DuplicateReview } from './duplicate-review';
import { Review } from './review';
import { ReviewDesk } from './review-desk';

const CHECKS = [Breaches, ConsistencyCheck, MisfiledDocuments, SecondReading, SettleFindings];

@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([BreachAssessment, CheckFinding, PersonChoice, Proposal, QuietFinding, Redaction]),
  ],
  providers: [
    AppliedRound,
    ...CHECKS,
    ComparedRequests,
    ChangePersons,
    DecisionMemory,
    Persons,
    Recompute,
    Recordings,
    WordsEverywhere,
    ProtectedExistence,
    RemovedTerms,
    DocumentReview,
    DuplicateReview,
    Review,
    ReviewDesk,
  ],
  exports: [
    AppliedRound,
    ...CHECKS,
    ChangePersons,
    DecisionMemory,
    Persons,
    Recordings,
    WordsEverywhere,
    ProtectedExistence,
    RemovedTerms,
    DocumentReview,
    DuplicateReview,
    Review,
  ],
})
export class RedactionModule {}
