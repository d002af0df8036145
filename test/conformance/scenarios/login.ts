import { all, errorOf, fetched, gather, lettersOf, listeningRun } from '../gather';
import { CITIZEN, fullCase } from '../held-by-the-source';
import type { Scenario } from './scenario';

export const LOGIN = {
  'login-dies-midway': {
    rule: 'logs in again when the login dies in the middle of a run, and goes on',
    run: async ({ open }) => {
      const rig = await open({ cases: [fullCase(1), fullCase(2)] });
      const run = listeningRun();
      const found = await all(rig.connector.discover({ cprs: [CITIZEN] }, run));
      await rig.expireLogins();
      const listed = [];
      for (const each of found) listed.push(...(await all(rig.connector.list(each, run))));
      listed.push(...(await all(rig.connector.listCaseless?.({ cprs: [CITIZEN] }, run) ?? [])));
      const documents = listed.map(({ document }) => document);
      expect(lettersOf(documents)).toEqual([100, 101, 200, 201]);
      await rig.expireLogins();
      for (const document of documents) expect((await fetched(rig.connector, document)).length).toBeGreaterThan(0);
    },
  },
  'login-refused': {
    rule: 'says that the account is refused when it cannot log in',
    run: async ({ open }) => {
      const rig = await open({ cases: [fullCase(1)] });
      await rig.misbehave({ route: 'token', kind: '401', times: 99 });
      expect((await errorOf(gather(rig.connector))).errorClass).toBe('auth');
    },
  },
  'read-only': {
    rule: 'touches nothing that writes, and a system that is written to notices',
    run: async ({ open, close }) => {
      const rig = await open({ cases: [fullCase(1)] });
      for (const document of (await gather(rig.connector)).documents) await fetched(rig.connector, document);
      await rig.connector.health(listeningRun().signal);
      expect(rig.writes()).toEqual([]);
      await rig.tryToWrite();
      expect(rig.writes()).toHaveLength(1);
      await expect(close()).rejects.toThrow(/write/);
    },
  },
  health: {
    rule: 'says that the source is well, or in a sentence why not',
    run: async ({ open, subject }) => {
      const rig = await open({ cases: [fullCase(1)] });
      expect(await rig.connector.health(listeningRun().signal)).toMatchObject({ ok: true });
      await rig.misbehave({ route: subject.health ?? 'states', kind: '503', times: 99 });
      const health = await rig.connector.health(listeningRun().signal);
      expect(health).toMatchObject({ ok: false, detail: expect.stringMatching(/\.$/) });
    },
  },
} satisfies Record<string, Scenario>;
