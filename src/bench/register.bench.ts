import type { StaffUser } from '../identity/sessions';
import { Pages } from '../web/pages';
import { DeliveriesQuery } from '../web/records-officer/archive-queries';
import { DeliveryRegister } from '../web/records-officer/delivery-register';
import { type Bench, type Figure, round } from './bench';
import { withFilledRegister } from './filled-register';
import { madeCpr, madeId } from './register-rows';

const DELIVERIES = 100_000;
const RUNS = 20;
const WARM_UP = 3;

/** The page of the register on a real PostgreSQL: what it asks the database, what it writes in the log, and its HTML. */
export const registerBench: Bench = {
  name: 'register',
  about: `searches a register of ${DELIVERIES} deliveries`,
  async *run(): AsyncIterable<Figure> {
    yield* await withFilledRegister(DELIVERIES, ({ app, user }) => searches(app.get(DeliveryRegister), user));
  },
};

async function searches(register: DeliveryRegister, user: StaffUser): Promise<Figure[]> {
  const pages = new Pages();
  const citizen = await register.addressOfCitizen(user, madeCpr(77));
  const asked: [string, Partial<DeliveriesQuery>][] = [
    ['the newest', {}],
    ['in the middle of all', { aeldre: `2024-04-01T12:00:00.000000Z_${madeId('delivery', 1)}` }],
    ['the beginning of a number', { soeg: '2023' }],
    ['one number', { soeg: '2022-012345' }],
    ['one message', { soeg: madeId('message', 54_321) }],
    ['one citizen', { borger: new URLSearchParams(citizen?.split('?')[1]).get('borger') ?? '' }],
    ['state: refused', { status: 'refused' }],
    ['state: no answer yet', { status: 'unknown' }],
    ['a large area', { omraade: '32' }],
    ['a small area', { omraade: '19' }],
    ['an area without deliveries', { omraade: '84' }],
    ['a month', { fra: '2023-05-01', til: '2023-05-31' }],
    ['handed over, in an area, refused', { vej: 'manual', omraade: '27', status: 'refused' }],
  ];
  const figures: Figure[] = [];
  const all: number[] = [];
  for (const [what, query] of asked) {
    const times: number[] = [];
    let rows = 0;
    for (let run = -WARM_UP; run < RUNS; run += 1) {
      const began = process.hrtime.bigint();
      const view = await register.page(user, Object.assign(new DeliveriesQuery(), query));
      pages.render('leverancer', SHELL, view);
      if (run >= 0) times.push(Number(process.hrtime.bigint() - began) / 1e6);
      rows = view.rows.length;
    }
    all.push(...times);
    figures.push({
      what: `register of deliveries, ${what}: 95 of 100 pages within`,
      value: round(percentile95(times)),
      unit: 'ms',
      detail: { rows, runs: RUNS },
    });
  }
  const detail = { deliveries: DELIVERIES, searches: asked.length, runs: all.length };
  return [
    ...figures,
    {
      what: 'register of deliveries, every search: 95 of 100 pages within',
      value: round(percentile95(all)),
      unit: 'ms',
      detail,
    },
  ];
}

export function percentile95(times: number[]): number {
  return [...times].sort((a, b) => a - b)[Math.ceil(times.length * 0.95) - 1];
}

const SHELL = {
  authority: { name: 'Solby Kommune', phone: '', email: '', address: '', dpoEmail: '' },
  person: { name: 'bench', kind: 'staff' as const, roles: ['arkivar'] },
  csrfToken: 'x',
  now: new Date('2026-11-22T09:00:00Z'),
};
