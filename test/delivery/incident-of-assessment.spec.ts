import { Delivery } from '../../src/delivery/delivery.entity';
import { IncidentLetter } from '../../src/delivery/incidents/incident-letter.entity';
import { IncidentLetters } from '../../src/delivery/incidents/incident-letters';
import { Incident } from '../../src/delivery/incidents/incident.entity';
import { DocumentRow } from '../../src/gathering/document.entity';
import type { Staff } from '../../src/identity/staff.entity';
import { BreachAssessment } from '../../src/redaction/checks/breach-assessment.entity';
import { Breaches } from '../../src/redaction/checks/breaches';
import type { AccessRequest } from '../../src/requests/request.entity';
import { Browser } from '../../src/sandbox/demo/browser';
import { CLARA } from '../../src/sandbox/municipality/citizens';
import { asSuperuser } from '../support/as-superuser';
import { answeredRequest } from '../support/answered-request';
import type { Carrier } from '../support/carry-request';
import { TestTown } from '../support/test-town';
import { until } from '../support/until';

/** A caseworker found a document of somebody else among the citizen's; the answer with it had left. */
describe('an incident that comes of the assessment of a misfiled document', () => {
  let place: TestTown;
  let carrier: Carrier;
  let request: AccessRequest;
  let breach: BreachAssessment;
  let lone: Browser;
  let here: string;

  beforeAll(async () => {
    place = await TestTown.start();
    ({ carrier } = place);
    await place.town.run('all');
    request = await answeredRequest(carrier, CLARA);
    const caseworker = await carrier.staff('mette', ['sagsbehandler']);
    breach = await carrier.within(async (entities) => {
      const where = { requestId: request.id, outcome: 'partial' as const };
      const document = await entities.findOneOrFail(DocumentRow, { where, order: { position: 'ASC' } });
      await carrier.app.get(Breaches).start(entities, document, caseworker.id);
      return entities.findOneByOrFail(BreachAssessment, { documentId: document.id });
    });
    lone = new Browser(place.town.publicUrl);
    await lone.logIn('/medarbejder', 'lone');
  });
  afterAll(() => place?.stop());

  it('is opened from it with its clock, its request, and the pages on which the document went out', async () => {
    await lone.open('/arkiv/haendelser');
    expect(lone.text()).toContain(`Skal rettes af ${breach.unit}`);
    const [open] = lone.links(/haendelser\/ny\?brud=/);
    await lone.open(open!);
    const hvad = 'Et dokument om en anden borger stod i et svar på en anmodning.';
    const form = { brud: breach.id, aarsag: 'misfiled', hvad, hvem: 'En sagsbehandler', dag: '', kl: '' };
    expect(await lone.send('/arkiv/haendelser/ny', form)).toBe(200);
    const incident = await carrier.within((entities) => entities.findOneByOrFail(Incident, { breachId: breach.id }));
    here = `/arkiv/haendelser/${incident.id}`;
    expect(incident).toMatchObject({ requestId: request.id, noticedAt: breach.noticedAt, dueAt: breach.dueAt });
    const [held]: { pages: number[] }[] = await carrier.within((entities) =>
      entities.query('select pages from incident_delivery where incident_id = $1', [incident.id]),
    );
    const [at]: { first_page: number; pages: number }[] = await carrier.within((entities) =>
      entities.query('select first_page, pages from package_place where document_id = $1', [breach.documentId]),
    );
    expect(held!.pages).toEqual(Array.from({ length: at!.pages }, (_page, index) => at!.first_page + index));
  });

  it('is opened once from one assessment', async () => {
    const again = { brud: breach.id, aarsag: 'misfiled', hvad: 'En gang til om det samme dokument.', hvem: 'Jeg selv' };
    await lone.open('/arkiv/haendelser/ny');
    expect(await lone.send('/arkiv/haendelser/ny', { ...again, dag: '', kl: '' })).toBe(422);
    expect(lone.text()).toContain('Der er allerede oprettet en hændelse af den vurdering');
  });

  it('lets a letter leave by another than its writer only, where the municipality wants two', async () => {
    await asSuperuser(place.town, (client) =>
      client.query(`update authority set settings = settings || '{"incidentLettersNeedTwo": true}'`),
    );
    const delivery = await carrier.within((entities) => entities.findOneByOrFail(Delivery, { requestId: request.id }));
    await lone.open(`${here}/breve`);
    expect(await lone.send(`${here}/breve`, { leverance: delivery.id })).toBe(200);
    const letter = () => carrier.within((entities) => entities.findOneByOrFail(IncidentLetter, {}));
    const { id } = await letter();
    const tekst =
      'Du fik ved en fejl et dokument om en anden. Slet det, og giv ikke oplysningerne videre. Ring til os.';
    expect(await lone.send(`${here}/breve/${id}`, { tekst, handling: 'send' })).toBe(422);
    expect(lone.text()).toContain('Brevet skal godkendes af en anden end den, der skrev det');
    expect((await letter()).state).toBe('draft');
    await lone.open(`${here}/breve`);
    expect(await lone.send(`${here}/breve/${id}`, { tekst, handling: 'gem' })).toBe(200);
    const other: Staff = await carrier.staff('arne', ['arkivar']);
    await carrier.within((entities) => carrier.app.get(IncidentLetters).approve(entities, id, other.id));
    const sent = await until('the letter is delivered', letter, ({ state }) => state === 'delivered');
    expect(sent).toMatchObject({ approvedBy: other.id, attempts: 1 });
  });
});
