/** A generated name as the thing that made it and the five characters that tell it apart: `web-7f9c5d6b4-q7wzl` is `web` and `q7wzl`. A
 *  name that nobody generated has no owner part. */
export function nameParts(name: string): { readonly owner: string | undefined; readonly tail: string } {
  const found =
    /^(.+?)(?:-[bcdfghjklmnpqrstvwxz2456789]{6,10})?-([bcdfghjklmnpqrstvwxz2456789]{5})$/.exec(name) ??
    /^(.+)-((?=[a-f]*\d)[0-9a-f]{5})$/.exec(name)
  return found ? { owner: found[1], tail: found[2] as string } : { owner: undefined, tail: name }
}
