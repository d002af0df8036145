import { Injectable } from '@nestjs/common';
import { Settings } from '../settings';

export type JobMoment = 'after-load' | 'after-effect' | 'before-mark' | 'file-fetched' | 'message-sent';

/** Ends the process at a named moment of a named job, as a power cut would. Only in tests; production refuses the setting. */
@Injectable()
export class KillPoint {
  constructor(private readonly settings: Settings) {}

  pass(job: string, moment: JobMoment): void {
    if (this.settings.KILL_POINT === `${job}:${moment}`) process.kill(process.pid, 'SIGKILL');
  }
}
