import { digestOf } from '../../../containerd/index.ts'
import { swarmId } from '../identity.ts'
import type { Swarm } from '../swarm.ts'

/** The root certificate of a swarm. Unlike Docker, its bytes are no signature: they only follow from the swarm. */
export function certificate(swarm: Swarm): string {
  const body = base64(`root certificate ${swarmId(swarm)}`, 488)
  return `-----BEGIN CERTIFICATE-----\n${body.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END CERTIFICATE-----\n`
}

/** What nodes trust, as `docker node inspect` shows it. */
export function trustOf(swarm: Swarm): Readonly<Record<string, string>> {
  return {
    TrustRoot: certificate(swarm),
    CertIssuerSubject: 'MBMxETAPBgNVBAMTCHN3YXJtLWNh',
    CertIssuerPublicKey: `${base64(`public key ${swarmId(swarm)}`, 122)}==`,
  }
}

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

function base64(text: string, length: number): string {
  let word = ''
  for (let i = 0; word.length < length; i++)
    for (const pair of digestOf(`${text} ${i}`).slice(7).match(/../g) ?? [])
      word += LETTERS[Number.parseInt(pair, 16) % 64]
  return word.slice(0, length)
}
