import type { Step } from '../event.ts';
import { edit, type Form, problemOf, valueOf } from '../form.ts';
import type { Browse } from '../state.ts';

export function onForm(state: Browse, form: Form, key: string): Step {
  const show = (next: Form): Step => [{ ...state, mode: { kind: 'form', form: next } }, []];
  const field = form.fields[form.at];
  if (key === '<escape>' || !field) return [{ ...state, mode: { kind: 'rows' } }, []];
  if (key === '<back-tab>' || key === '<up>')
    return show({ ...form, at: Math.max(0, form.at - 1), problem: null });
  if (key === '<tab>' || key === '<down>' || key === '<enter>') {
    const problem = problemOf(field, state.today);
    if (problem !== null) return show({ ...form, problem });
    if (form.at < form.fields.length - 1) return show({ ...form, at: form.at + 1, problem: null });
    return key === '<enter>' ? submit(state, form) : show(form);
  }
  return show(edit(form, key) ?? form);
}

function submit(state: Browse, form: Form): Step {
  const wrong = form.fields.findIndex((field) => problemOf(field, state.today) !== null);
  const field = form.fields[wrong];
  if (field) {
    const next = { ...form, at: wrong, problem: problemOf(field, state.today) };
    return [{ ...state, mode: { kind: 'form', form: next } }, []];
  }
  const { targets } = form;
  const back: Browse = { ...state, mode: { kind: 'rows' } };
  if (form.kind === 'export') return [back, [{ kind: 'export', targets, file: valueOf(form, 'file') }]];
  const waiver = {
    reason: valueOf(form, 'reason'),
    approved_by: valueOf(form, 'approved_by'),
    approved_on: state.today,
    expires: valueOf(form, 'expires'),
    link: valueOf(form, 'link') || null,
  };
  return [back, [{ kind: 'waive', targets, waiver }]];
}
