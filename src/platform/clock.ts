import { Injectable } from '@nestjs/common';
import { Settings } from './settings';

/** The time of the program. Asked for everywhere, so that a run can be repeated at a fixed time. */
@Injectable()
export class Clock {
  constructor(private readonly settings: Settings) {}

  now(): Date {
    return this.settings.FIXED_TIME ? new Date(this.settings.FIXED_TIME) : new Date();
  }

  after(milliseconds: number): Date {
    return new Date(this.now().getTime() + milliseconds);
  }
}
