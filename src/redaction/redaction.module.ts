import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppliedRound } from './applied-round';
import { Proposal } from './proposal.entity';
import { Redaction } from './redaction.entity';
import { RemovedTerms } from './removed-terms';
import { DocumentReview } from './document-review';
import { Review } from './review';
import { ReviewDesk } from './review-desk';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Proposal, Redaction])],
  providers: [AppliedRound, RemovedTerms, DocumentReview, Review, ReviewDesk],
  exports: [AppliedRound, RemovedTerms, DocumentReview, Review],
})
export class RedactionModule {}
