export { MailStandIn, type MailStandInOptions, type ReceivedMail } from './mail-stand-in';
