import { IsIn, IsString, Matches, MaxLength } from 'class-validator';
import type { MandateKind } from '../../delivery/mandate.entity';
import type { ShownMandate } from '../../delivery/mandates';

const KINDS: Record<string, MandateKind> = {
  firma: 'firm',
  foraelder: 'custody',
  vaerge: 'guardian',
  person: 'person',
};

/** Who receives: a firm with a mandate, a person who acts for the citizen, or again the citizen. */
export class MandateForm {
  @IsIn([...Object.keys(KINDS), 'borgeren'])
  modtager = 'firma';

  @IsString()
  @MaxLength(20)
  nummer = '';

  @IsString()
  @MaxLength(120)
  navn = '';

  @Matches(/^(\d{4}-\d\d-\d\d)?$/)
  gaelder_til = '';

  @IsString()
  @MaxLength(60)
  vej = '';

  @IsString()
  @MaxLength(10)
  husnr = '';

  @IsString()
  @MaxLength(10)
  etage = '';

  @IsString()
  @MaxLength(10)
  doer = '';

  @IsString()
  @MaxLength(10)
  postnr = '';
}

export function shownMandate(form: MandateForm, document: ShownMandate['document']): ShownMandate {
  const kind = KINDS[form.modtager] as MandateKind;
  return {
    kind,
    number: form.nummer.replace(/[\s-]/g, ''),
    name: form.navn,
    validUntil: form.gaelder_til,
    address: addressOf(form),
    document,
  };
}

function addressOf({ vej, husnr, etage, doer, postnr }: MandateForm): ShownMandate['address'] {
  const [street, building, floor, suite, postCode] = [vej, husnr, etage, doer, postnr].map((each) => each.trim());
  if (!street && !building && !postCode) return undefined;
  return {
    street,
    building: building.toUpperCase(),
    ...(floor ? { floor: floor.toUpperCase().replace(/\.$/, '') } : {}),
    ...(suite ? { suite: suite.toUpperCase().replace(/\.$/, '') } : {}),
    postCode,
  };
}
