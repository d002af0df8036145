import type { OfficerVerdict, ProgramVerdict } from '../../delivery/sample-audit/points';
import type { StatusTag } from '../views/status-tag';

export const PROGRAM_TAGS: Record<ProgramVerdict, StatusTag> = {
  right: { word: 'Programmet fandt det i orden', tone: 'done' },
  doubt: { word: 'Se efter', tone: 'attention' },
  wrong: { word: 'Programmet fandt en fejl', tone: 'problem' },
  not_relevant: { word: 'Ikke relevant her', tone: 'neutral' },
  unknown: { word: 'Kan kun afgøres af dig', tone: 'neutral' },
};

export const ANSWER_WORDS: Record<OfficerVerdict, string> = {
  right: 'Rigtigt',
  wrong: 'Forkert',
  not_relevant: 'Ikke relevant',
};
