import type { ReadTag } from '../../yaml/plain.ts';

const SHORT = new Set([
  'Base64',
  'Cidr',
  'And',
  'Equals',
  'If',
  'Not',
  'Or',
  'FindInMap',
  'GetAtt',
  'GetAZs',
  'ImportValue',
  'Join',
  'Select',
  'Split',
  'Sub',
  'Transform',
  'ToJsonString',
  'Length',
  'ForEach',
]);

/** `!Ref X` and its like in their long form, which JSON has: `{Ref: X}`, `{Fn::GetAtt: [X, Arn]}`. */
export const readTag: ReadTag = (tag, value) => {
  const name = tag.replace(/^!/, '');
  if (name === 'Ref' || name === 'Condition') return { value: { [name]: value } };
  if (name === 'GetAtt' && typeof value === 'string') {
    const dot = value.indexOf('.');
    return { value: { 'Fn::GetAtt': dot < 0 ? [value] : [value.slice(0, dot), value.slice(dot + 1)] } };
  }
  return SHORT.has(name) ? { value: { [`Fn::${name}`]: value } } : null;
};
