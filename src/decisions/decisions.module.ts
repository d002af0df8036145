import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CloseReview } from './close-review';
import { DecisionDraft } from './decision-draft.entity';
import { DecisionDrafts } from './decision-drafts';
import { Decision } from './decision.entity';
import { PackageFile } from './package-file.entity';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Decision, DecisionDraft, PackageFile])],
  providers: [CloseReview, DecisionDrafts],
  exports: [CloseReview, DecisionDrafts],
})
export class DecisionsModule {}
