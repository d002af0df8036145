import { AnswerController } from './answer.controller';
import { Answers } from './answer';
import { CitizenComplaintController } from './complaint.controller';
import { ComplaintForms } from './complaint-page';
import { FrontController } from './front.controller';
import { NewRequestController } from './new-request.controller';
import { NewRequestPages } from './new-request-page';
import { OverviewController } from './overview.controller';
import { OverviewPages } from './overview-page';
import { OwnCases } from './own-cases';
import { ProgressStream } from './progress-stream';
import { RequestController } from './request.controller';
import { RequestPages } from './request-pages';
import { UsualTime } from './usual-time';

export const CITIZEN_CONTROLLERS = [
  AnswerController,
  CitizenComplaintController,
  FrontController,
  NewRequestController,
  OverviewController,
  RequestController,
];
export const CITIZEN_PROVIDERS = [
  Answers,
  ComplaintForms,
  NewRequestPages,
  OverviewPages,
  OwnCases,
  ProgressStream,
  RequestPages,
  UsualTime,
];
