/** Every queue with the jobs that it carries. Start-up checks that each has exactly one handler. */
export const JOBS = {
  gather: ['gather.source'],
  convert: ['convert.file'],
  propose: ['propose.request'],
  apply: ['apply.file'],
  assemble: ['assemble.decision', 'assemble.appeal-file'],
  deliver: ['deliver.package', 'deliver.notice', 'deliver.late-notice', 'deliver.incident-letter'],
  receipts: ['receipts.pull'],
  clock: ['clock.tick'],
  // What nobody waits for: the ESDH is written to, the log's root leaves the machine, what has stood its time is deleted.
  journal: ['journal.entry', 'audit.root', 'retention.run'],
} as const;

export type QueueName = keyof typeof JOBS;
export type JobName = (typeof JOBS)[QueueName][number];

export const QUEUE_NAMES = Object.keys(JOBS) as QueueName[];

export function queueOf(job: JobName): QueueName {
  const queue = QUEUE_NAMES.find((name) => (JOBS[name] as readonly string[]).includes(job));
  if (!queue) throw new Error(`No queue carries the job ${job}. Add it to src/platform/queue/job-names.ts.`);
  return queue;
}
