import { Injectable } from '@nestjs/common';
import type { CitizenUser } from '../../identity/sessions';
import { deadlines, longDate } from '../../law';
import { Clock } from '../../platform/clock';
import { Authority } from '../../platform/database/authority.entity';
import { Database } from '../../platform/database/database';
import { Settings } from '../../platform/settings';
import type { RequestScope } from '../../requests/request.entity';
import type { NewRequest } from '../../requests/requests';
import type { NewRequestPage, RequestDraft } from '../views/anmodning-ny';
import type { FieldError } from '../views/page-shell';
import { caseInWords, OwnCases, type OwnCase } from './own-cases';
import { deliveryInWords, scopeInWords, today } from './request-words';

const KINDS = { hele: 'whole-file', sager: 'cases', periode: 'period', emne: 'topic' } as const;

/** The three pages on which a request is put together, and what is asked for in the end. */
@Injectable()
export class NewRequestPages {
  constructor(
    private readonly ownCases: OwnCases,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async scope(user: CitizenUser, draft: RequestDraft, errors: FieldError[] = []): Promise<NewRequestPage> {
    const { cases } = await this.ownCases.of(user);
    return {
      step: 'omfang',
      draft,
      errors,
      cases: cases.map((each) => ({ id: each.id, title: caseInWords(each), area: each.area })),
    };
  }

  delivery(draft: RequestDraft, errors: FieldError[] = []): NewRequestPage {
    return { step: 'levering', draft, errors, digitalPostOpen: true };
  }

  async understanding(user: CitizenUser, draft: RequestDraft, chosen: OwnCase[]): Promise<NewRequestPage> {
    const { name } = await this.database.inAuthority(user.authorityId, (entities) =>
      entities.findOneByOrFail(Authority, { id: user.authorityId }),
    );
    const due = deadlines(today(this.clock.now())).workingDays7[this.settings.SOFT_HOLIDAYS];
    return {
      step: 'forstaaelse',
      draft,
      errors: [],
      understanding: understanding(draft, name, chosen),
      deliveryInWords: deliverySentence(draft),
      deadlineIfSentNow: due,
    };
  }

  /** The cases that were ticked; null when one of them cannot be found just now. */
  async chosenCases(user: CitizenUser, draft: RequestDraft): Promise<OwnCase[] | null> {
    if (draft.omfang !== 'sager') return [];
    const { cases } = await this.ownCases.of(user);
    const chosen = cases.filter((each) => draft.sager.includes(each.id));
    return chosen.length === new Set(draft.sager).size ? chosen : null;
  }

  asked(user: CitizenUser, draft: RequestDraft, chosen: OwnCase[]): NewRequest {
    return {
      personRefId: user.personRefId,
      scope: scopeOf(draft),
      wording: wordingOf(draft, chosen),
      noticeEmail: draft.varsel_mail?.trim(),
      key: draft.noegle,
    };
  }
}

function scopeOf(draft: RequestDraft): RequestScope {
  return {
    kind: KINDS[draft.omfang ?? 'hele'],
    ...(draft.omfang === 'periode' ? { from: draft.fra, to: draft.til } : {}),
    ...(draft.leveringsform === 'brev' ? { delivery: 'letter' as const } : {}),
  };
}

/** The citizen's own words; what was chosen in the form is put first, so that caseworker and letter have it too. */
function wordingOf(draft: RequestDraft, chosen: OwnCase[]): string {
  const lines = [
    draft.omfang === 'emne' ? `Emne: ${draft.emne?.trim()}` : '',
    draft.omfang === 'sager' ? `Valgte sager: ${chosen.map(caseInWords).join('; ')}` : '',
    draft.ordlyd?.trim() ?? '',
  ];
  return lines.filter(Boolean).join('\n');
}

function understanding(draft: RequestDraft, municipality: string, chosen: OwnCase[]): string[] {
  if (draft.omfang === 'sager')
    return [
      `Du vil se alle dokumenter i ${chosen.length === 1 ? 'denne sag' : 'disse sager'}:`,
      ...chosen.map(caseInWords),
    ];
  if (draft.omfang === 'emne')
    return [`Du vil se de dokumenter, som ${municipality} har om dig, og som handler om:`, `»${draft.emne?.trim()}«`];
  if (draft.omfang === 'periode')
    return [
      `Du vil se alle dokumenter, som ${municipality} har om dig, fra ${longDate(draft.fra as string)} til ${longDate(draft.til as string)}.`,
    ];
  return [scopeInWords({ kind: 'whole-file' }, municipality), 'Det gælder alle sager, også de afsluttede.'];
}

function deliverySentence(draft: RequestDraft): string {
  const words = deliveryInWords(scopeOf(draft));
  const notice = draft.varsel_mail ? ` Vi sender en mail til ${draft.varsel_mail.trim()}, når der er nyt.` : '';
  return `Sådan får du det: ${words.charAt(0).toLowerCase()}${words.slice(1)}${notice}`;
}
