// Search and filter on the page. Without it the page is the same, and whole.
const form = document.getElementById('filter');
if (form) {
  const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  const articles = [...document.querySelectorAll('article.rule[data-duty]')].map((element) => ({
    element,
    duty: element.dataset.duty,
    severity: Number(element.dataset.severity),
    text: fold(element.textContent),
  }));
  const apply = () => {
    const words = fold(form.elements.text.value).split(/\s+/).filter(Boolean);
    const duties = [...form.querySelectorAll('[name=duty]:checked')].map(({ value }) => value);
    const severity = Number(form.elements.severity.value);
    let shown = 0;
    for (const { element, ...one } of articles) {
      const fits =
        duties.includes(one.duty) &&
        one.severity <= severity &&
        words.every((word) => one.text.includes(word));
      element.hidden = !fits;
      if (fits) shown += 1;
    }
    for (const section of document.querySelectorAll('section.duty:not(.errors)')) {
      section.hidden = !section.querySelector('article:not([hidden])');
    }
    form.querySelector('output').textContent = form.dataset.shown
      .replace('{shown}', shown)
      .replace('{total}', articles.length);
  };
  form.hidden = false;
  form.addEventListener('input', apply);
  form.addEventListener('reset', () => setTimeout(apply));
  form.addEventListener('submit', (event) => event.preventDefault());
}
