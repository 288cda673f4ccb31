/** A list of texts: choosing one writes it where it can be changed, unless somebody has written there already. */
export function start(list: HTMLElement): void {
  const select = list as HTMLSelectElement;
  const text = document.getElementById(select.dataset['for'] ?? '') as HTMLTextAreaElement | null;
  let written = '';
  select.addEventListener('change', () => {
    const chosen = [...select.options].find((one) => one.value === select.value)?.dataset['text'] ?? '';
    if (text !== null && (text.value === '' || text.value === written)) {
      text.value = chosen;
      written = chosen;
    }
  });
}
