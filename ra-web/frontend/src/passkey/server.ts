/** Posts JSON with the page's CSRF token; undefined where the server says no. */
export async function post(address: string, body: unknown = {}): Promise<Record<string, unknown> | undefined> {
  const token = document.querySelector<HTMLInputElement>('input[name=_csrf]')?.value ?? '';
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRF-TOKEN': token },
    body: JSON.stringify(body),
  });
  return answer.ok ? ((await answer.json()) as Record<string, unknown>) : undefined;
}
