import { Injectable } from '@nestjs/common';
import { createTransport, type Transporter } from 'nodemailer';
import { Settings } from '../settings';

export interface NoticeMail {
  /** Stored before the first attempt, so that a second one is seen as the same mail. */
  messageId: string;
  to: string;
  subject: string;
  text: string;
}

/** Sends notices. A notice holds no content: only that something waits behind the login. */
@Injectable()
export class Mailer {
  private transport: Transporter | null = null;

  constructor(private readonly settings: Settings) {}

  get isConfigured(): boolean {
    return this.settings.SMTP_URL !== undefined;
  }

  async send(mail: NoticeMail): Promise<void> {
    this.transport ??= createTransport({
      url: this.settings.SMTP_URL as string,
      connectionTimeout: 10_000,
      socketTimeout: 20_000,
    } as never);
    await this.transport.sendMail({
      from: this.settings.MAIL_FROM,
      to: mail.to,
      subject: mail.subject,
      text: mail.text,
      messageId: mail.messageId,
      headers: { 'Auto-Submitted': 'auto-generated' },
    });
  }
}
