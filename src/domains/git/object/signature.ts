/** Who did something and when: `at` in seconds since 1970, `zone` as `+0000`. */
export interface Signature {
  readonly name: string
  readonly email: string
  readonly at: number
  readonly zone: string
}

/** As objects and reflogs write it: `Name <email> 1767225600 +0000`. */
export function signatureText({ name, email, at, zone }: Signature): string {
  return `${name} <${email}> ${at} ${zone}`
}

/** Reads what `signatureText` wrote; what is not there is empty. */
export function parseSignature(text: string): Signature {
  const [, name = '', email = '', at = '0', zone = '+0000'] =
    /^(.*?) ?<([^>]*)> ?(-?\d+)? ?([+-]\d{4})?/.exec(text) ?? []
  return { name, email, at: Number(at), zone }
}
