import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { CONNECTOR_KINDS, createConnector } from './connector-registry';
import { withoutCpr } from './without-cpr';

const source = { id: 'sbsys-1', kind: 'sbsys', name: 'SBSYS', owner: 'IT' } as const;
const good = {
  baseUrl: 'https://sbsyswebapi.solby.example',
  tokenUrl: 'https://sbsip.solby.example/auth/realms/sbsip/protocol/openid-connect/token',
  clientId: 'aktindsigt',
  clientSecret: 'hemmelig-klient',
  username: 'svc',
  password: 'hemmeligt-kodeord',
};

describe('making a connector from settings', () => {
  it('knows every folder that holds the record of a conformance run', () => {
    const folders = readdirSync(__dirname).filter((name) => existsSync(join(__dirname, name, 'conformance.json')));
    expect(folders.length).toBeGreaterThan(0);
    expect(CONNECTOR_KINDS).toEqual(folders.sort());
  });

  it('says which kinds there are when it is asked for another', () => {
    expect(() => createConnector({ ...source, kind: 'sbsyss' }, good)).toThrow(
      /no connector of the kind "sbsyss".*nova/,
    );
  });

  it('takes good settings', () => {
    expect(createConnector(source, good).version).toBe('sbsys-1');
  });

  it.each([
    ['an address that is not http', { ...good, baseUrl: 'ftp://sbsys.example' }],
    ['a password that is empty', { ...good, password: '' }],
    ['a field that nobody knows', { ...good, pasword: 'x' }],
    ['a page size of 0', { ...good, pageSize: 0 }],
    ['nothing', undefined],
  ])('refuses %s, and names the source but no secret', (_name, settings) => {
    const make = (): unknown => createConnector(source, settings);
    expect(make).toThrow(/^The settings of the source "sbsys-1" .*\.$/);
    expect(make).not.toThrow(/hemmelig/);
  });
});

describe.each(CONNECTOR_KINDS)('settings of %s', (kind) => {
  const make = (settings: unknown) => (): unknown => createConnector({ ...source, kind }, settings);

  it('are checked before anything is asked, and name the source', () => {
    expect(make(undefined)).toThrow(/^The settings of the source "sbsys-1" are missing; .*\.$/);
  });

  it('refuse a field that nobody knows', () => {
    expect(make({ pasword: 'hemmelig' })).toThrow(/pasword/);
    expect(make({ pasword: 'hemmelig' })).not.toThrow(/hemmelig/);
  });
});

describe('text for errors', () => {
  it.each(['140683-1215', '1406831215', '140683 1215', '140683 – 1215'])('loses the CPR number spelt %s', (cpr) => {
    expect(withoutCpr(`brev om ${cpr}.pdf`)).toBe('brev om [CPR].pdf');
  });

  it('keeps longer numbers', () => {
    expect(withoutCpr('fil 14068312150')).toBe('fil 14068312150');
  });
});
