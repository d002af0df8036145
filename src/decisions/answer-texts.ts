import { groundById, longCitation } from '../law';
import type { DecisionLetterData, DocumentListData } from '../pdf';
import type { DecisionContent } from './decision-content';

/** What was set in letter and aktliste, kept so that the citizen's pages say the same words and nothing else. */
export interface AnswerTexts {
  letter: DecisionLetterData;
  list: DocumentListData;
  /** Passages removed, by citation of the provision. */
  passages: Record<string, number>;
}

export function answerTexts(content: DecisionContent, letter: DecisionLetterData, list: DocumentListData): AnswerTexts {
  const passages: Record<string, number> = {};
  for (const { groundId } of content.redactions) {
    const ground = groundId ? groundById(groundId) : null;
    if (!ground) continue;
    const citation = longCitation(ground);
    passages[citation] = (passages[citation] ?? 0) + 1;
  }
  return { letter, list, passages };
}
