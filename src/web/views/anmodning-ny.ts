import type { FieldError } from './page-shell';

export type RequestScope = 'hele' | 'sager' | 'periode' | 'emne';
export type DeliveryForm = 'digital-post' | 'brev';

/** Answers so far; each page carries the others as hidden fields of the same names. */
export interface RequestDraft {
  /** Made at the first page: the same key twice is one request. */
  noegle: string;
  omfang?: RequestScope;
  sager: string[];
  fra?: string;
  til?: string;
  emne?: string;
  paa_vegne_af?: 'mig' | 'anden';
  leveringsform?: DeliveryForm;
  ordlyd?: string;
  /** Where a mail without content is sent when there is news. */
  varsel_mail?: string;
}

interface RequestStep {
  draft: RequestDraft;
  errors: FieldError[];
}

/** `/anmodning/ny`: one question a page. Each page posts `trin` = the step that was answered. */
export type NewRequestPage =
  | (RequestStep & { step: 'omfang'; cases: { id: string; title: string; area: string }[] })
  | (RequestStep & { step: 'levering'; digitalPostOpen: boolean })
  | (RequestStep & {
      step: 'forstaaelse';
      /** "Du vil se alle dokumenter i hele din sag hos Solby Kommune." */
      understanding: string[];
      deliveryInWords: string;
      /** The day the answer is due if it is sent today, `YYYY-MM-DD`. */
      deadlineIfSentNow: string;
    });
