import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AppealFile, AppealFileDownload } from './appeal-file/appeal-file.entity';
import { AppealFiles } from './appeal-file/appeal-files';
import { CertificateWatch } from './certificate-watch';
import { Complaint } from './complaints/complaint.entity';
import { ComplaintWatch } from './complaints/complaint-watch';
import { Complaints } from './complaints/complaints';
import { RegisterComplaint } from './complaints/register-complaint';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { HandOver } from './hand-over';
import { CloseIncident } from './incidents/close-incident';
import { IncidentLetter } from './incidents/incident-letter.entity';
import { IncidentLetterReceipts } from './incidents/incident-letter-receipts';
import { IncidentLetters } from './incidents/incident-letters';
import { IncidentNotification } from './incidents/incident-notification';
import { IncidentPersons } from './incidents/incident-persons';
import { IncidentRecords } from './incidents/incident-records';
import { IncidentWatch } from './incidents/incident-watch';
import { Incident } from './incidents/incident.entity';
import { Incidents } from './incidents/incidents';
import { WhoGotIt } from './incidents/who-got';
import { Journal } from './journal';
import { JournalEntryRow } from './journal-entry.entity';
import { LogExtracts } from './log-extract/log-extracts';
import { LateNoticeReceipts } from './late-notice/late-notice-receipts';
import { LateNotice } from './late-notice/late-notice.entity';
import { LateNotices } from './late-notice/late-notices';
import { Mandate } from './mandate.entity';
import { Mandates } from './mandates';
import { NoticeMailRow } from './notice-mail.entity';
import { Notices } from './notices';
import { OpenRequest } from './open-request';
import { ReceiptDoor } from './receipt-door';
import { Receipt } from './receipt.entity';
import { Recipients } from './recipients';
import { RegisterOfPersons } from './register-of-persons';
import { CheckDelivery } from './sample-audit/check-delivery';
import { CheckOutput } from './sample-audit/check-output';
import { SampleAuditRows } from './sample-audit/sample-audit-rows';
import { SampleAudits } from './sample-audit/sample-audits';
import { SettleDelivery } from './settle-delivery';
import { Retention } from './retention/retention';
import { RetentionHold, RetentionItem, RetentionRun } from './retention/retention.entities';
import { SignDecision } from './sign-decision';
import { TakeBack } from './take-back';
import { TakeReceipt } from './take-receipt';

const SERVICES = [
  AppealFiles,
  CertificateWatch,
  CheckDelivery,
  CloseIncident,
  ComplaintWatch,
  Complaints,
  HandOver,
  IncidentLetterReceipts,
  IncidentLetters,
  IncidentNotification,
  IncidentPersons,
  IncidentRecords,
  Incidents,
  IncidentWatch,
  Journal,
  LogExtracts,
  LateNoticeReceipts,
  LateNotices,
  Mandates,
  Notices,
  OpenRequest,
  ReceiptDoor,
  Recipients,
  RegisterComplaint,
  RegisterOfPersons,
  Retention,
  SampleAuditRows,
  SampleAudits,
  SettleDelivery,
  SignDecision,
  TakeBack,
  TakeReceipt,
  WhoGotIt,
];

@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      AppealFile,
      AppealFileDownload,
      Complaint,
      Delivery,
      DeliveryMessage,
      Incident,
      IncidentLetter,
      JournalEntryRow,
      LateNotice,
      Mandate,
      NoticeMailRow,
      Receipt,
      RetentionHold,
      RetentionItem,
      RetentionRun,
    ]),
  ],
  providers: [...SERVICES, CheckOutput],
  exports: SERVICES,
})
export class DeliveryModule {}
