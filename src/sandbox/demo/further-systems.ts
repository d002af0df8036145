import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Sources } from '../../gathering/sources';
import { CITIZENS, IDA } from '../municipality/citizens';
import { BUILDING_CASE, CHILDCARE_CASE, JOB_CASE, REHABILITATION_CASE } from '../municipality/further-holdings';
import { MomentumStandIn } from '../momentum';
import { NexusStandIn } from '../nexus';
import { NovaStandIn } from '../nova/nova-stand-in';
import { PersonRegisterStandIn } from '../person-register/person-register-stand-in';
import type { HeldCase } from '../records/holdings';
import { CaseIndexStandIn, type IndexedCase } from '../sf1470/case-index-stand-in';
import { WorkZoneStandIn } from '../workzone';

/** Enough to spoil the first gathering: a request and its one retry. The citizen's overview asks for no documents. */
const FAILURES = 2;
const QUICK = { requestsPerSecond: 100, retries: 1, retryBaseMs: 100 };

/** What Solby has beside SBSYS and the shared archive: six more systems, CPR, the index of cases, and what is not searched. */
export class FurtherSystems {
  private constructor(
    readonly nova: NovaStandIn,
    private readonly workzone: WorkZoneStandIn,
    private readonly nexus: NexusStandIn,
    private readonly momentum: MomentumStandIn,
    readonly persons: PersonRegisterStandIn,
    readonly index: CaseIndexStandIn,
  ) {}

  /** KMD Nova is out of order at first. The index knows of a case in a system that Solby has forgotten. */
  static async start(): Promise<FurtherSystems> {
    const systems = new FurtherSystems(
      await new NovaStandIn([CHILDCARE_CASE]).start(),
      await new WorkZoneStandIn([BUILDING_CASE]).start(),
      await new NexusStandIn([REHABILITATION_CASE]).start(),
      await new MomentumStandIn([JOB_CASE]).start(),
      await new PersonRegisterStandIn(CITIZENS.map(({ name, cpr }) => ({ name, cpr }))).start(),
      await new CaseIndexStandIn([
        indexed('KMD Nova', CHILDCARE_CASE),
        indexed('WorkZone', BUILDING_CASE),
        { ...indexed('Cura', REHABILITATION_CASE), caseNumber: 'C-7731', documents: ['Hjælpemiddel'] },
      ]).start(),
    );
    systems.nova.fault({ route: 'documents', kind: '503', times: FAILURES });
    return systems;
  }

  async connect(sources: Sources, entities: EntityManager, authorityId: string): Promise<void> {
    const save = (
      key: string,
      kind: string,
      name: string,
      owner: string,
      settings: object,
      indexNames: string[] = [],
    ) => sources.save(entities, authorityId, { key, kind, name, owner, settings, enabled: true, indexNames });
    const { nova, workzone, nexus, momentum, persons, index } = this;
    await save('nova', 'nova', 'KMD Nova', 'Børn og Familie', { ...nova.readerSettings(), ...QUICK }, ['KMD Nova']);
    await save('workzone', 'workzone', 'WorkZone', 'Byg og Miljø', { ...workzone.readerSettings(), ...QUICK }, [
      'WorkZone',
    ]);
    await save('nexus', 'nexus', 'KMD Nexus', 'Sundhed og Omsorg', { ...nexus.readerSettings(), ...QUICK }, [
      'KMD Nexus',
    ]);
    await save('momentum', 'momentum', 'KMD Momentum', 'Jobcentret', { ...momentum.readerSettings(), ...QUICK }, [
      'Momentum',
    ]);
    await save('ky', 'manual', 'KY', 'Ydelsescentret', {}, ['KY']);
    await save('kaelder', 'paper', 'kælderarkivet (papir)', 'Arkivet', {});
    await save('cpr', 'person-register', 'CPR', 'Borgerservice', persons.settings());
    await save('sagsindeks', 'sf1470', 'det fælleskommunale sagsindeks (SF1470)', 'KOMBIT', index.settings());
    await save('aula', 'not-connected', 'Aula', 'Skole og Dagtilbud', {});
    await save(
      'stadsarkiv',
      'referral',
      'Solby Stadsarkiv',
      'Sager fra før 1995 ligger her. Skriv til stadsarkivet@solby.example.',
      {},
    );
  }

  async stop(): Promise<void> {
    const all = [this.nova, this.workzone, this.nexus, this.momentum, this.persons, this.index];
    await Promise.all(all.map((system) => system.stop()));
  }
}

function indexed(system: string, held: HeldCase): IndexedCase {
  return {
    id: randomUUID(),
    system,
    parties: [IDA.cpr.replace('-', '')],
    caseNumber: held.number,
    kle: '27.36.12',
    title: held.title,
    documents: held.documents.map(({ name }) => name),
  };
}
