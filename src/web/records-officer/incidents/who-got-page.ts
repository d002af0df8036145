import { Injectable } from '@nestjs/common';
import { Incident } from '../../../delivery/incidents/incident.entity';
import { pagesInWords } from '../../../delivery/incidents/letter-proposal';
import { WhoGotIt, type Holder, type Wanted } from '../../../delivery/incidents/who-got';
import type { StaffUser } from '../../../identity/sessions';
import { Database } from '../../../platform/database/database';
import { Refusal } from '../../../requests/refusal';
import { counted } from '../../pages/amounts';
import type { HolderView, WhoGotPage } from '../../views/haendelse';
import type { FieldError } from '../../views/page-shell';
import { ActorNames } from '../actor-names';
import { CHANNELS, shownState } from '../delivery-words';
import type { WhoGotForm, WhoGotQuery } from './incident-forms';

const TEN_DIGITS = /^\d{6}-?\d{4}$/;
const NUMBER = /^[1-9]\d{0,5}$/;
const WHY: Record<Holder['why'], string> = {
  'same-file': 'Samme fil',
  'other-version': 'Samme dokument i en anden udgave',
  answer: 'Filen er en del af svaret',
  recipient: 'Svaret er sendt til personen',
  mentioned: 'Personen er nævnt',
};

/** Looks up who got a document, a page, a file or something about a person, and shows it. */
@Injectable()
export class WhoGotPages {
  constructor(
    private readonly database: Database,
    private readonly whoGot: WhoGotIt,
    private readonly names: ActorNames,
  ) {}

  page(user: StaffUser, asked: WhoGotQuery | WhoGotForm, errors: FieldError[] = []): Promise<WhoGotPage> {
    const { slags, anmodning, dokument, side, aftryk, haendelse } = asked;
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const incident = haendelse ? await entities.findOneBy(Incident, { id: haendelse }) : null;
      const name = incident ? `Hændelse ${incident.number}` : '';
      const begrundelse = 'begrundelse' in asked && asked.begrundelse ? asked.begrundelse : name && `${name}: `;
      return {
        incident: incident ? { id: incident.id, name } : undefined,
        form: { slags, anmodning, dokument, side, aftryk, begrundelse },
        canAct: user.roles.includes('arkivar') && incident?.state === 'open',
        errors,
      };
    });
  }

  async found(user: StaffUser, form: WhoGotForm): Promise<WhoGotPage> {
    const wanted = wantedBy(form);
    const page = await this.page(user, form);
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const { holders, isMore } = await this.whoGot.find(
        entities,
        user.authorityId,
        user.staffId,
        wanted,
        form.begrundelse,
      );
      const people = await this.names.names(
        entities,
        holders.map(({ personRefId }) => personRefId),
      );
      const deliveries = new Set(holders.map(({ deliveryId }) => deliveryId)).size;
      const sentence =
        deliveries === 0 ? 'Ingen leverance har det.' : `${counted(deliveries, 'leverance', 'leverancer')} har det.`;
      return { ...page, found: { sentence, isMore, rows: holders.map((holder) => rowOf(holder, people)) } };
    });
  }
}

function wantedBy({ slags, anmodning, dokument, side, aftryk, cpr }: WhoGotForm): Wanted {
  if (slags === 'fil') return { by: 'hash', sha256: aftryk };
  if (slags === 'person') {
    const number = cpr.replace(/\s/g, '');
    if (!TEN_DIGITS.test(number)) throw new Refusal('cpr', 'Skriv hele personnummeret, ti cifre.');
    return { by: 'person', cpr: number };
  }
  if (!NUMBER.test(dokument.trim()))
    throw new Refusal('dokument', 'Skriv dokumentets nummer på aktlisten, for eksempel 8.');
  if (side.trim() !== '' && !NUMBER.test(side.trim()))
    throw new Refusal('side', 'Skriv siden som et tal, eller lad feltet stå tomt.');
  return {
    ...{ by: 'document', number: anmodning, document: Number(dokument) },
    page: side.trim() === '' ? undefined : Number(side),
  };
}

function rowOf(holder: Holder, people: Map<string, string>): HolderView {
  const {
    deliveryId,
    number,
    personRefId,
    isFirm,
    at,
    channel,
    state,
    document,
    pages,
    coveredPages,
    why,
    packageFiles,
  } = holder;
  const name = people.get(personRefId) ?? 'Borger';
  const across = packageFiles > 1 ? `, talt hen over svarets ${packageFiles} PDF-filer` : '';
  const covered = coveredPages.length > 0 ? ` Fjernet på ${pagesInWords(coveredPages)}.` : '';
  return {
    ...{ deliveryId, number, at, href: `/arkiv/leverancer/${deliveryId}` },
    citizen: isFirm ? `${name} (sendt til et firma med fuldmagt)` : name,
    ...{ channel: CHANNELS[channel], state: shownState({ state, channel }) },
    document: document === null ? 'Hele svaret' : `Dokument ${document}`,
    pages:
      pages.length > 0
        ? `${pagesInWords(pages)}${across}`
        : document === null
          ? 'alle sider'
          : 'for sig selv, uden sidetal',
    pageNumbers: pages.join(','),
    why: `${WHY[why]}.${covered}`,
  };
}
