import type { Readable } from 'node:stream';
import { contractError, type Asked } from '../http/source-errors';
import type { ExpectedFile } from '../http/checked-stream';
import type { Call, SourceHttp } from '../http/source-http';
import { childOf, type XmlElement } from '../http/xml-element';
import { base64In } from './base64-in-xml';
import { escaped } from './xml-path';

/** One operation that reads, as the services' own description (WSDL) has it. */
interface Operation {
  version: 7 | 4;
  action: string;
  /** The element of the answer that holds what was asked for. */
  answer: string;
}

const V4 = 'http://www.traen.com/2007/09/06/';
const V7 = 'http://www.traen.com/2010/06/01/';

const OPERATIONS = {
  GetCaseTypeList: { version: 7, action: `${V7}schema/GetCaseTypeList`, answer: 'CaseTypeListResponse' },
  GetCasesForIdentity: { version: 7, action: `${V7}schema/GetCasesForIdentity`, answer: 'GetCasesForIdentityResult' },
  GetCase: { version: 7, action: `${V7}schema/GetCase`, answer: 'CaseFile3' },
  GetContact: { version: 7, action: `${V7}GetContact`, answer: 'ContactObject' },
  GetAllDocuments: { version: 7, action: `${V7}schema/GetAllDocuments`, answer: 'ArrayOfDocuments' },
  GetAllSupplements: { version: 4, action: `${V4}GetAllSupplements`, answer: 'ArrayOfSupplementResponses' },
  GetAllMemo: { version: 4, action: `${V4}GetAllMemo`, answer: 'MemoListResponse' },
  GetFileName: { version: 4, action: `${V4}GetFileName`, answer: 'FileName1' },
  GetPhysicalDocument: { version: 4, action: `${V4}GetPhysicalDocument`, answer: 'XMLBinary' },
} as const satisfies Record<string, Operation>;

export type OperationName = keyof typeof OPERATIONS;

/** The SOAP services of Acadre, asked for what they hold on behalf of one user. Only operations that read are known here. */
export class AcadreSoap {
  private readonly paths: Record<7 | 4, string>;

  constructor(
    private readonly http: SourceHttp,
    serviceUrl: string,
    private readonly actingFor: string,
  ) {
    const path = new URL(serviceUrl).pathname;
    this.paths = { 7: path, 4: path.replace(/7\.asmx$/, '4.asmx') };
  }

  /** The element that holds the answer. `body` is the operation's own XML. */
  async ask(name: OperationName, body: string, asked: Asked, signal: AbortSignal): Promise<XmlElement> {
    const { answer } = OPERATIONS[name];
    const envelope = await this.http.xml(this.call(name, body, asked), signal);
    const content = childOf(envelope, 'Body')?.children[0];
    // Some answers are the element itself, some wrap it in one named after the operation.
    const found = content?.name === answer ? content : childOf(content, answer);
    if (!found) throw contractError(asked, `answered without "${answer}"`);
    return found;
  }

  /** The bytes of a file, streamed out of the envelope that they come in. */
  async file(
    reference: string,
    version: string,
    expected: ExpectedFile,
    asked: Asked,
    signal: AbortSignal,
  ): Promise<{ stream: Readable; mediaType?: string }> {
    const call = this.call('GetPhysicalDocument', fileVersion('FileVersionReference', reference, version), asked);
    const { answer } = OPERATIONS.GetPhysicalDocument;
    return this.http.file(call, expected, signal, (bytes) => base64In(answer, bytes, asked));
  }

  private call(name: OperationName, body: string, asked: Asked): Call {
    const { version, action } = OPERATIONS[name];
    const header = `<SoapHeader xmlns="http://traen.com/Services/AcadreService"><User xmlns="">${escaped(this.actingFor)}</User></SoapHeader>`;
    const envelope =
      '<?xml version="1.0" encoding="utf-8"?>' +
      '<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">' +
      `<soap:Header>${header}</soap:Header><soap:Body>${body}</soap:Body></soap:Envelope>`;
    const headers = { 'content-type': 'text/xml; charset=utf-8', soapaction: `"${action}"` };
    return { method: 'POST', path: this.paths[version], asked, headers, body: envelope };
  }
}

/** An element of one text, as most operations take it. */
export function element(name: string, namespace: string, text: string): string {
  return `<${name} xmlns="${namespace}">${escaped(text)}</${name}>`;
}

/** One version of one file. */
export function fileVersion(name: string, reference: string, version: string): string {
  const parts = `<FileReference>${escaped(reference)}</FileReference><Version>${escaped(version)}</Version>`;
  return `<${name} xmlns="${V4}schema">${parts}</${name}>`;
}

export const SCHEMA_V4 = `${V4}schema`;
export const NAMESPACE_V7 = V7.slice(0, -1);
