export { ByteSourceError, fileSource } from './byte-source';
export { hasRefusedCharacter, sanitiseFileName, uniqueFileNames } from './memo/file-name';
export type { MemoFault, MemoProfile } from './memo/memo-fault';
export { MEMO_LIMITS, MEMO_NAMESPACE, type MemoVersion, type MessageLimits } from './memo/memo-limits';
export { checkMemo, type CheckMemoOptions, type MemoVerdict } from './memo/memo-rules';
export { readMemo, type MemoFacts, type MemoFileFacts, type ReadMemo } from './memo/read-memo';
export { validateAgainstSchema, type SchemaFault } from './memo/schema-check';
export { MemoUnreadableError, type MemoSource } from './memo/split-content';
export { memoBytes, writeMemo, type WriteMemoOptions, type WrittenMemo } from './memo/write-memo';
export { MemoWriteError } from './memo/xml-text';
export { RESPONSIBLE_ACTORS, readBesked, type BeskedRules } from './beskedfordeler/besked';
export type { BrokerSettings } from './beskedfordeler/broker-settings';
export { addressFaults, checkLetter, LETTER_LIMITS } from './letter/check-letter';
export { LetterWriteError, writeLetter, type WriteLetterOptions } from './letter/write-letter';
export { NgdpGateway } from './ngdp-gateway';
export { Sf1601Gateway } from './sf1601-gateway';
export { ENTITY_IDS, type EntityIds, type Sf1601FileSettings, type Sf1601Settings } from './sf1601/sf1601-settings';
export { beskedfordelerPush, ngdpReceiptPush, type PushSenders } from './receipt-push';
export type { NgdpFileSettings, NgdpSettings } from './ngdp/ngdp-settings';
export { contradicts, ForgedReceiptError, isFinal, parseReceipt, ReceiptError, statusAfter } from './receipts';
export { EnclosureTooLargeError, numberedLabel, planMessages, type Enclosure, type MessagePlan } from './plan-messages';
export {
  CertificateError,
  CertificateExpiredError,
  ClientCertificate,
  certificateFromFiles,
  type CertificateFiles,
  type CertificateMaterial,
} from './transport/client-certificate';
export { ExchangeError, type ExchangeFailure } from './transport/exchange-error';
export { RenewedGateway } from './renewed-gateway';
