import { DecisionContents } from '../../decisions/decision-content';
import { LetterWriter } from '../../decisions/letter-writer';
import { ApprovalController } from './approval.controller';
import { ApprovalPages } from './approval-page';
import { CaseActs } from './case-acts';
import { CaseController } from './case.controller';
import { CasePages } from './case-page';
import { ChecksController } from './checks.controller';
import { ChecksPages } from './checks-page';
import { ComparisonPages } from './comparison-page';
import { DecisionController } from './decision.controller';
import { DecisionPages } from './decision-page';
import { DocumentReviewController } from './document-review.controller';
import { DocumentsInHand } from './documents-in-hand';
import { DuplicatesController } from './duplicates.controller';
import { DuplicatesPages } from './duplicates-page';
import { ListExchangeController } from './list-exchange.controller';
import { ListExchangePages } from './list-exchange-page';
import { LateNoticeController } from './late-notice.controller';
import { LateNoticePages } from './late-notice-page';
import { MentionsOnPage } from './mentions-on-page';
import { PagesInReview } from './page-in-review';
import { PagePictures } from './page-pictures';
import { PersonsController } from './persons.controller';
import { PersonsPages } from './persons-page';
import { QueueController } from './queue.controller';
import { QueuePages } from './queue-page';
import { RecordingController } from './recording.controller';
import { RecordingPages } from './recording-page';
import { RegisterInWords } from './register-in-words';
import { RequestInHand } from './request-in-hand';
import { SendingController } from './sending.controller';
import { ReviewActs } from './review-acts';
import { ReviewAnswer } from './review-answer';
import { SearchController } from './search.controller';
import { SearchInWords } from './search-in-words';
import { ReviewController } from './review.controller';
import { ReviewPages } from './review-page';

/** Everything under `/sagsbehandling`. */
export const CASEWORKER_CONTROLLERS = [
  QueueController,
  CaseController,
  SearchController,
  ChecksController,
  DuplicatesController,
  LateNoticeController,
  ReviewController,
  DocumentReviewController,
  PersonsController,
  RecordingController,
  ListExchangeController,
  DecisionController,
  ApprovalController,
  SendingController,
];

export const CASEWORKER_PROVIDERS = [
  ApprovalPages,
  CaseActs,
  CasePages,
  ChecksPages,
  ComparisonPages,
  DecisionContents,
  DecisionPages,
  DocumentsInHand,
  DuplicatesPages,
  LateNoticePages,
  LetterWriter,
  ListExchangePages,
  MentionsOnPage,
  PagePictures,
  PagesInReview,
  PersonsPages,
  QueuePages,
  RecordingPages,
  RegisterInWords,
  RequestInHand,
  ReviewActs,
  ReviewAnswer,
  ReviewPages,
  SearchInWords,
];
