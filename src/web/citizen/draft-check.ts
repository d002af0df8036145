import { isEmail } from 'class-validator';
import { isDay } from '../../law';
import type { RequestDraft } from '../views/anmodning-ny';
import type { FieldError } from '../views/page-shell';

const MOST_LETTERS = 4000;
const LONGEST_TOPIC = 500;

/** What is wrong with the answers about what to see; empty when one can go on. */
export function scopeErrors(draft: RequestDraft, today: string): FieldError[] {
  switch (draft.omfang) {
    case undefined:
      return [{ field: 'omfang', message: 'Vælg, hvad du vil se.' }];
    case 'hele':
      return [];
    case 'sager':
      return draft.sager.length > 0
        ? []
        : [{ field: 'sager', message: 'Sæt kryds ved mindst én sag, eller vælg noget andet.' }];
    case 'periode':
      return periodErrors(draft, today);
    case 'emne':
      return topicErrors(draft.emne);
  }
}

export function deliveryErrors({ ordlyd, varsel_mail }: RequestDraft): FieldError[] {
  const errors: FieldError[] = [];
  if ((ordlyd?.length ?? 0) > MOST_LETTERS)
    errors.push({ field: 'ordlyd', message: `Skriv højst ${MOST_LETTERS.toLocaleString('da-DK')} tegn.` });
  if (varsel_mail && !isEmail(varsel_mail.trim()))
    errors.push({
      field: 'varsel_mail',
      message: 'Skriv en mailadresse som navn@eksempel.dk, eller lad feltet være tomt.',
    });
  return errors;
}

function topicErrors(topic: string | undefined): FieldError[] {
  if (!topic?.trim()) return [{ field: 'emne', message: 'Skriv, hvad det drejer sig om.' }];
  if (topic.length > LONGEST_TOPIC) return [{ field: 'emne', message: `Skriv højst ${LONGEST_TOPIC} tegn.` }];
  return [];
}

function periodErrors({ fra, til }: RequestDraft, today: string): FieldError[] {
  const errors: FieldError[] = [];
  if (!isDay(fra ?? '')) errors.push({ field: 'fra', message: 'Skriv den første dag som dag, måned og år.' });
  if (!isDay(til ?? '')) errors.push({ field: 'til', message: 'Skriv den sidste dag som dag, måned og år.' });
  if (errors.length > 0) return errors;
  if ((fra as string) > (til as string))
    return [{ field: 'til', message: 'Den sidste dag skal være den samme som den første eller senere.' }];
  if ((fra as string) > today) return [{ field: 'fra', message: 'Den første dag kan ikke ligge efter i dag.' }];
  return [];
}
