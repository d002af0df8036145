import type { EntityManager } from 'typeorm';
import { clock, danishDay, longDate } from '../law';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';

/** What was searched, as a citizen reads it, generated from what the connectors reported. One sentence a source. */
export async function searchStatements(entities: EntityManager, requestId: string): Promise<string[]> {
  const runs = await entities.findBy(SourceRun, { requestId });
  const sources = new Map((await entities.find(SourceRow)).map((source) => [source.id, source]));
  return runs
    .map((run) => ({ run, source: sources.get(run.sourceId) as SourceRow }))
    .sort((a, b) => (a.source.key < b.source.key ? -1 : 1))
    .map(({ run, source }) => searchStatement(run, source));
}

export function searchStatement(run: SourceRun, source: SourceRow): string {
  const day = run.finishedAt ? `den ${longDate(danishDay(run.finishedAt))} kl. ${clock(run.finishedAt)}` : '';
  if (run.state === 'skipped')
    return `${capital(source.name)} kunne ikke søges automatisk. En medarbejder har søgt manuelt ${day}: ${run.skippedReason}`;
  if (run.state !== 'complete') return `${capital(source.name)} er endnu ikke søgt færdigt.`;
  const found =
    run.documents === 0 && run.cases === 0
      ? 'ingen sager'
      : `${count(run.cases, 'sag', 'sager')}, ${count(run.documents, 'dokument', 'dokumenter')}`;
  return `Vi søgte ${day} i ${source.name}, ${coverageWords(run)}: ${found}.`;
}

function coverageWords({ coverage }: SourceRun): string {
  const cases = coverage?.includesClosed ? 'i åbne og afsluttede sager' : 'i åbne sager';
  return coverage?.partyRoles.includes('secondary')
    ? `${cases}, hvor du er part`
    : `${cases}, hvor du er den primære part`;
}

function count(number: number, one: string, many: string): string {
  return `${number} ${number === 1 ? one : many}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
