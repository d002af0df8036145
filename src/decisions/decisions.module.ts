import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Certificate } from './certificate/certificate.entity';
import { OpenRedaction } from './certificate/open-redaction';
import { RemovedTexts } from './certificate/removed-texts';
import { SigningKey } from './certificate/signing-key.entity';
import { SigningKeys } from './certificate/signing-keys';
import { CloseReview } from './close-review';
import { DecisionDraft } from './decision-draft.entity';
import { DecisionDrafts } from './decision-drafts';
import { Decision } from './decision.entity';
import { PackageFile } from './package-file.entity';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Certificate, Decision, DecisionDraft, PackageFile, SigningKey])],
  providers: [CloseReview, DecisionDrafts, OpenRedaction, RemovedTexts, SigningKeys],
  exports: [CloseReview, DecisionDrafts, OpenRedaction, RemovedTexts, SigningKeys],
})
export class DecisionsModule {}
