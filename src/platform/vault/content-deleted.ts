/** The working copies of a request are deleted when their time is out: what is asked for is in the journal now. */
export class ContentDeleted extends Error {
  constructor() {
    super('The content that was asked for was deleted when its time was out. The journal holds what was delivered.');
    this.name = 'ContentDeleted';
  }
}
