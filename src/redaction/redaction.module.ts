import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppliedRound } from './applied-round';
import { Proposal } from './proposal.entity';
import { Redaction } from './redaction.entity';
import { RemovedTerms } from './removed-terms';
import { Review } from './review';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Proposal, Redaction])],
  providers: [AppliedRound, RemovedTerms, Review],
  exports: [AppliedRound, RemovedTerms, Review],
})
export class RedactionModule {}
