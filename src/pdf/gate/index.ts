export {
  verifyPdf,
  verifyShare,
  type GateFiles,
  type GateRules,
  type GateShare,
  type ReadingRule,
  type VerifyOptions,
} from './verify';
export { verifyOutgoing, verifyText, withFileName, type Outgoing } from './outgoing';
export { TermSearch, spellings, termsInText, type TermHit } from './terms';
