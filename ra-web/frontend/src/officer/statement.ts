import { fromBase64 } from '../encoding';

/** The server refused, and says in its own words why. */
export class Refused extends Error {}

/** What would be signed now isn't what the page shows. */
export class ChangedMeanwhile extends Error {}

interface Line {
  readonly label: string;
  readonly text: string;
}

const PATIENCE = 30_000;

/**
 * Fetches the statement as it is now, if it says what the officer has read. Only lines that the page marks as
 * volatile, such as the time of the decision, may say something else than the page does.
 *
 * @param shown the `dl` with the lines on the page
 * @returns DER
 * @throws Refused with the server's words
 * @throws ChangedMeanwhile
 */
export async function statementAsRead(address: string, shown: Element | null): Promise<ArrayBuffer> {
  const answer = await fetch(address, {
    credentials: 'same-origin',
    cache: 'no-store',
    redirect: 'error', // to the login page, for example
    headers: { accept: 'application/json, application/problem+json' },
    signal: AbortSignal.timeout(PATIENCE),
  });
  const content: unknown = await answer.json();
  if (!answer.ok) {
    const problem = content as { detail?: unknown; title?: unknown } | null;
    const words = [problem?.detail, problem?.title].find((text) => typeof text === 'string' && text !== '');
    throw typeof words === 'string' ? new Refused(words) : new Error(`no statement: ${answer.status}`);
  }
  if (!isStatement(content)) {
    throw new Error('the answer is no statement');
  }
  if (!asRead(content.lines, shown)) {
    throw new ChangedMeanwhile();
  }
  return fromBase64(content.statement);
}

function isStatement(content: unknown): content is { statement: string; lines: Line[] } {
  const { statement, lines } = (content ?? {}) as { statement?: unknown; lines?: unknown };
  return (
    typeof statement === 'string' &&
    statement !== '' &&
    Array.isArray(lines) &&
    lines.every((line: Partial<Line> | null) => typeof line?.label === 'string' && typeof line.text === 'string')
  );
}

function asRead(lines: readonly Line[], shown: Element | null): boolean {
  const labels = [...(shown?.querySelectorAll('dt') ?? [])];
  const texts = [...(shown?.querySelectorAll('dd') ?? [])];
  return (
    lines.length > 0 &&
    labels.length === lines.length &&
    texts.length === lines.length &&
    lines.every(
      ({ label, text }, index) =>
        labels[index]!.textContent.trim() === label.trim() &&
        (labels[index]!.dataset['volatile'] !== undefined || texts[index]!.textContent.trim() === text.trim()),
    )
  );
}
