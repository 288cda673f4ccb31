const PREFIX = 'kreissiegel-texts:';

/** Texts in this tab alone, for as long as it is open: what was written when the session ended. */
export function keepTexts(): void {
  const texts: Record<string, string> = {};
  for (const field of fields()) {
    if (field.value !== field.defaultValue) texts[field.name] = field.value;
  }
  if (Object.keys(texts).length > 0) sessionStorage.setItem(PREFIX + location.pathname, JSON.stringify(texts));
}

/** Puts back what was kept of this page, once. */
export function restoreTexts(): void {
  const kept = sessionStorage.getItem(PREFIX + location.pathname);
  if (kept === null) return;
  sessionStorage.removeItem(PREFIX + location.pathname);
  const texts = JSON.parse(kept) as Record<string, string>;
  for (const field of fields()) field.value = texts[field.name] ?? field.value;
}

/** Where people write; no password, no code. */
function fields(): HTMLTextAreaElement[] {
  return [...document.querySelectorAll<HTMLTextAreaElement>('textarea[name]:not([readonly])')];
}
