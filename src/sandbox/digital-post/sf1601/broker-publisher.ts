import { connect, credentials, type ChannelModel, type ConfirmChannel } from 'amqplib';

export interface BrokerPlace {
  hostname: string;
  port: number;
  vhost: string;
  queue: string;
  user: string;
  password: string;
}

/** Lays messages of Beskedfordeler into a queue of a real broker, as Beskedfordeler does for those who fetch. */
export class BrokerPublisher {
  private opened: Promise<{ model: ChannelModel; channel: ConfirmChannel }> | undefined;

  constructor(private readonly place: BrokerPlace) {}

  /** Resolves when the broker has it. */
  async publish(text: string): Promise<void> {
    const { channel } = await (this.opened ??= this.open());
    channel.sendToQueue(this.place.queue, Buffer.from(text, 'utf8'), { persistent: true });
    await channel.waitForConfirms();
  }

  /** Empties the queue. */
  async clear(): Promise<void> {
    const { channel } = await (this.opened ??= this.open());
    await channel.purgeQueue(this.place.queue);
  }

  async close(): Promise<void> {
    const opened = await this.opened?.catch(() => undefined);
    this.opened = undefined;
    await opened?.model.close().catch(() => undefined);
  }

  private async open() {
    const { hostname, port, vhost, queue, user, password } = this.place;
    const address = { protocol: 'amqp', hostname, port, vhost };
    const model = await connect(address, { credentials: credentials.plain(user, password) });
    model.on('error', () => undefined);
    const channel = await model.createConfirmChannel();
    await channel.assertQueue(queue, { durable: true });
    return { model, channel };
  }
}
