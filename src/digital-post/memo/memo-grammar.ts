import type { MemoVersion } from './memo-limits';

/** A place in a sequence: which element, how often, and for a leaf its simple type. */
export interface Particle {
  name: string;
  least: number;
  most: number;
  type?: string;
}

/**
 * MeMo 1.2 as sequences, written from MeMo_core.xsd and the schemas it imports. Notation of one particle:
 * name, occurrence (`?` 0..1, `*` 0..n, `+` 1..n, `{n}` 0..n, none 1), and `=type` for an element that holds text.
 * Names without prefix are in the MeMo namespace.
 */
const SEQUENCES: Readonly<Record<string, string>> = {
  Message: 'MessageHeader MessageBody?',
  MessageHeader:
    'messageType=messageType messageUUID=uuid messageID?=text messageCode?=text label=text notification?=notification ' +
    'additionalNotification?=text reply?=boolean replyByDateTime?=dateTime doNotDeliverUntilDate?=date ' +
    'mandatory?=boolean legalNotification?=boolean postType?=text Sender Recipient ContentData? ForwardData? ReplyData*',
  Sender: 'senderID=text idType=text idTypeLabel?=text label=text AttentionData? ContactPoint? Representative?',
  Recipient: 'recipientID=text idType=text idTypeLabel?=text label?=text AttentionData? ContactPoint?',
  Representative: 'representativeID?=text idType?=text idTypeLabel?=text label?=text',
  AttentionData:
    'AttentionPerson? grd:ProductionUnit? gln:GlobalLocationNumber? EMail? grd:SEnumber? Telephone? grd:EID? ' +
    'ContentResponsible? GeneratingSystem? sor:SORdata? grd:Address? grd:UnstructuredAddress?',
  AttentionPerson: 'personID?=text label?=text',
  EMail: 'emailAddress=text relatedAgent?=text',
  Telephone: 'telephoneNumber=text relatedAgent?=text',
  ContentResponsible: 'contentResponsibleID?=text label?=text',
  GeneratingSystem: 'generatingSystemID=text label?=text',
  ContactPoint: 'contactGroup?=text contactPointID=text label?=text ContactInfo{2}',
  ContactInfo: 'label=text value=text',
  ContentData:
    'grd:CPRdata? grd:CVRdata? dmv:MotorVehicle? grd:PropertyNumber? CaseID? kle:KLEdata? form:FORMdata? ' +
    'grd:ProductionUnit? udd:Education? grd:Address? grd:UnstructuredAddress? AdditionalContentData{10}',
  CaseID: 'caseID=text caseSystem=text',
  AdditionalContentData: 'contentDataType?=text contentDataName=text contentDataValue=text',
  ForwardData:
    'messageUUID=uuid originalMessageDateTime=dateTime originalSender=text originalContentResponsible?=text ' +
    'originalRepresentative?=text contactPointID?=text comment?=comment',
  ReplyData:
    'messageID?=text messageUUID=uuid replyUUID?=uuid senderID?=text recipientID?=text caseID?=text ' +
    'contactPointID?=text generatingSystemID?=text comment?=comment AdditionalReplyData{4}',
  AdditionalReplyData: 'label=text value=text',
  MessageBody: 'createdDateTime=dateTime MainDocument AdditionalDocument* TechnicalDocument*',
  MainDocument: 'mainDocumentID?=text label?=text File+ Action*',
  AdditionalDocument: 'additionalDocumentID?=text label?=text File+ Action*',
  TechnicalDocument: 'technicalDocumentID?=text label?=text File+',
  File: 'encodingFormat=text filename=text language=language content=base64',
  Action: 'label=text actionCode=text startDateTime?=dateTime endDateTime?=dateTime Reservation? EntryPoint?',
  EntryPoint: 'url=uri',
  Reservation:
    'description=text reservationUUID=uuid abstract=text location=text startDateTime=dateTime endDateTime=dateTime ' +
    'organizerMail?=text organizerName?=text',
  'grd:Address':
    'grd:id?=text grd:addressLabel?=text grd:houseNumber?=text grd:door?=text grd:floor?=text grd:co?=text ' +
    'grd:zipCode?=text grd:city?=text grd:country?=text grd:AddressPoint?',
  'grd:AddressPoint':
    'grd:geographicEastingMeasure?=text grd:geographicNorthingMeasure?=text grd:geographicHeightMeasure?=text',
  'grd:UnstructuredAddress': 'grd:unstructured=text',
  'grd:CPRdata': 'grd:cprNumber=text grd:name?=text',
  'grd:CVRdata': 'grd:cvrNumber=text grd:companyName?=text',
  'grd:EID': 'grd:eID=text grd:label?=text',
  'grd:ProductionUnit': 'grd:productionUnitNumber=pNumber grd:productionUnitName?=text',
  'grd:SEnumber': 'grd:seNumber=text grd:companyName?=text',
  'grd:PropertyNumber': 'grd:propertyNumber=text',
  'gln:GlobalLocationNumber': 'gln:globalLocationNumber=gln gln:location?=text',
  'sor:SORdata': 'sor:sorIdentifier=text sor:entryName?=text',
  'kle:KLEdata': 'kle:subjectKey=text kle:version=text kle:activityFacet?=text kle:label=text',
  'form:FORMdata': 'form:taskKey=text form:version=text form:activityFacet?=text form:label=text',
  'dmv:MotorVehicle': 'dmv:licenseNumber=licenseNumber dmv:chassisNumber?=text',
  'udd:Education': 'udd:educationCode=text udd:educationName?=text',
};

/** What 1.1 has otherwise: two required header elements, and no representatives. */
const SEQUENCES_OF_1_1: Readonly<Record<string, (sequence: string) => string>> = {
  MessageHeader: (sequence) => sequence.replace(/(mandatory|legalNotification)\?/g, '$1'),
  Sender: (sequence) => sequence.replace(' Representative?', ''),
  ForwardData: (sequence) => sequence.replace('originalRepresentative?=text ', ''),
};

export type MemoGrammar = ReadonlyMap<string, readonly Particle[]>;

const GRAMMARS: Readonly<Record<MemoVersion, MemoGrammar>> = { '1.2': grammar({}), '1.1': grammar(SEQUENCES_OF_1_1) };

/** The sequence of every element with children, keyed by qualified name (`memo:Sender`, `grd:Address`). */
export function grammarOf(version: MemoVersion): MemoGrammar {
  return GRAMMARS[version];
}

function grammar(changes: Readonly<Record<string, (sequence: string) => string>>): MemoGrammar {
  return new Map(
    Object.entries(SEQUENCES).map(([name, sequence]) => [
      qualified(name),
      (changes[name]?.(sequence) ?? sequence).split(' ').map(particle),
    ]),
  );
}

function particle(notation: string): Particle {
  const [, name, occurrence, most, type] = /^([\w:]+)(\?|\*|\+|\{(\d+)\})?(?:=(\w+))?$/.exec(notation)!;
  return {
    name: qualified(name!),
    least: occurrence === undefined || occurrence === '+' ? 1 : 0,
    most: most ? Number(most) : occurrence === '*' || occurrence === '+' ? Number.POSITIVE_INFINITY : 1,
    type,
  };
}

function qualified(name: string): string {
  return name.includes(':') ? name : `memo:${name}`;
}
