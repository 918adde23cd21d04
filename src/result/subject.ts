export type Basis = 'law' | 'doctrine' | 'contract' | 'demand';
export type Mark = 'verified' | 'secondary' | 'to_verify';
export type SubjectType = 'holding' | 'asset' | 'dataset' | 'organisation' | 'flow' | 'activity' | 'audit';

export interface Subject {
  readonly type: SubjectType;
  readonly id: string;
  readonly label: string;
}
