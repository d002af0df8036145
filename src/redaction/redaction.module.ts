import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppliedRound } from './applied-round';
import { DecisionMemory } from './decision-memory';
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
import { Review } from './review';
import { ReviewDesk } from './review-desk';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([PersonChoice, Proposal, QuietFinding, Redaction])],
  providers: [
    AppliedRound,
    ChangePersons,
    DecisionMemory,
    Persons,
    Recompute,
    Recordings,
    WordsEverywhere,
    ProtectedExistence,
    RemovedTerms,
    DocumentReview,
    Review,
    ReviewDesk,
  ],
  exports: [
    AppliedRound,
    ChangePersons,
    DecisionMemory,
    Persons,
    Recordings,
    WordsEverywhere,
    ProtectedExistence,
    RemovedTerms,
    DocumentReview,
    Review,
  ],
})
export class RedactionModule {}
