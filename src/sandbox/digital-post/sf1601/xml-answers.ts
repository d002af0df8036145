import type { ServerResponse } from 'node:http';
import type { RoadAnswers } from '../take-message';

/** How SF1601 answers: `kombi_response`, with status 200 also when it says no. */
export const SF1601: RoadAnswers = {
  refuse(response, code, sentence, status) {
    const fault = `<Fejl><FejlId>1</FejlId><FejlKode>${code}</FejlKode><FejlTekst>${escaped(sentence)}</FejlTekst></Fejl>`;
    answerXml(response, status, `<Result>false</Result>${answerPart(fault)}`);
  },
  fail(response, status, sentence) {
    response.writeHead(status, { 'Content-Type': 'text/plain' }).end(sentence);
  },
  accept(response, { transmissionId, channel }, scenario) {
    const isNamed = channel === 'digital' && scenario?.kind !== 'no-transmission-id';
    const transmission = isNamed ? `<TransmissionID>${transmissionId}</TransmissionID>` : '';
    const advice = '<Advis><AdvisId>0</AdvisId><AdvisTekst>RECEIVED</AdvisTekst></Advis>';
    answerXml(response, 200, `<Result>true</Result>${transmission}${answerPart(advice)}`);
  },
};

function answerXml(response: ServerResponse, status: number, inner: string): void {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<kombi_response>${inner}</kombi_response>\n`;
  response.writeHead(status, {
    'Content-Type': 'application/xml;charset=UTF-8',
    'Content-Length': Buffer.byteLength(body),
  });
  response.end(body);
}

function answerPart(inner: string): string {
  return `<HovedoplysningerSvarREST><SvarReaktion>${inner}</SvarReaktion></HovedoplysningerSvarREST>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
}
