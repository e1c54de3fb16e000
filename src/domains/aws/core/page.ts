/** One page of a listing: at most `size` items from where `token` points to, and the token of the next page. An unknown token begins anew. */
export function pageOf<T>(
  items: readonly T[],
  token: string | undefined,
  size: number,
): { readonly items: readonly T[]; readonly nextToken: string | undefined } {
  const from = token !== undefined && /^\d+$/.test(token) ? Number(token) : 0
  const next = from + size
  return { items: items.slice(from, next), nextToken: next < items.length ? String(next) : undefined }
}
