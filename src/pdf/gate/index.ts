export { verifyPdf, verifyText, type VerifyOptions } from './verify';
export { TermSearch, spellings, termsInText, type TermHit } from './terms';
