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
import { DocumentListImport } from './list-exchange/document-list-import.entity';
import { ListExchange } from './list-exchange/list-exchange';
import { ListedDocuments } from './list-exchange/listed-documents';
import { PackageFile } from './package-file.entity';

@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([Certificate, Decision, DecisionDraft, DocumentListImport, PackageFile, SigningKey]),
  ],
  providers: [CloseReview, DecisionDrafts, ListedDocuments, ListExchange, OpenRedaction, RemovedTexts, SigningKeys],
  exports: [CloseReview, DecisionDrafts, ListExchange, OpenRedaction, RemovedTexts, SigningKeys],
})
export class DecisionsModule {}
