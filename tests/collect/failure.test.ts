import { expect, test } from '@jest/globals';
import { classifyFailure } from '../../src/collect/failure.ts';

const answered = (httpStatusCode: number, name = 'UnknownError') => ({
  name,
  $metadata: { httpStatusCode },
  message: 'secret',
});

test.each<[string, unknown, object]>([
  ['a refusal', answered(403, 'AccessDenied'), { state: 'denied', code: 'AccessDenied' }],
  ['a refusal without a body', answered(403), { state: 'denied', code: 'HTTP 403' }],
  ['a refusal that has its status for a name', answered(403, '403'), { state: 'denied', code: 'HTTP 403' }],
  ['a refusal by a code of its own', answered(403, 'Forbidden'), { state: 'denied', code: 'Forbidden' }],
  [
    'a wrong signature',
    answered(403, 'SignatureDoesNotMatch'),
    { state: 'error', code: 'SignatureDoesNotMatch' },
  ],
  ['a wrong clock', answered(403, 'RequestTimeTooSkewed'), { state: 'error', code: 'RequestTimeTooSkewed' }],
  ['no such call', answered(501), { state: 'not_collected', code: 'HTTP 501' }],
  ['no such method', answered(405, 'MethodNotAllowed'), { state: 'not_collected', code: 'MethodNotAllowed' }],
  [
    'no such call, said with 400',
    answered(400, 'NotImplemented'),
    { state: 'not_collected', code: 'NotImplemented' },
  ],
  ['throttling', answered(503, 'SlowDown'), { state: 'error', code: 'SlowDown' }],
  [
    'no connection',
    Object.assign(new Error('connect 127.0.0.1'), { code: 'ECONNREFUSED' }),
    { state: 'error', code: 'ECONNREFUSED' },
  ],
  [
    'no credentials',
    Object.assign(new Error('secret'), { name: 'CredentialsProviderError' }),
    { state: 'error', code: 'CredentialsProviderError' },
  ],
  ['anything else', 'secret', { state: 'error', code: 'UnknownError' }],
])('%s', (_, error, expected) => {
  expect(classifyFailure(error)).toEqual(expected);
});
