/** `/om/persondata`. */
export interface PersonalDataPage {
  /** "12 måneder efter den seneste levering". */
  keptFor: string;
  sources: string[];
}

/** `/was`. */
export interface AccessibilityPage {
  /** Parts that do not fulfil WCAG 2.1 AA, in words; empty when none is known. */
  known: string[];
  assessedOn: string;
}
