import type { World } from '../../../kernel/index.ts'
import { EPOCH } from '../../../kernel/index.ts'
import { digestOf } from '../../containerd/index.ts'
import { ACCOUNT } from '../core/index.ts'

/** A token holds for twelve hours. */
const HOLDS = 43_200_000

/** The password that docker logs in with, and when it ends (ms since 1970). */
export function password(world: World, region: string): { readonly text: string; readonly expiresAt: number } {
  const expiresAt = EPOCH + world.now + HOLDS
  const payload = sign(world, region, expiresAt)
  const token = {
    payload,
    datakey: sign(world, 'key', 0),
    version: '2',
    type: 'DATA_KEY',
    expiration: Math.floor(expiresAt / 1000),
  }
  return { text: btoa(JSON.stringify(token)), expiresAt }
}

/** Why a password is not taken: made up, of another region, or too old. */
export function tokenProblem(world: World, region: string, text: string): string | undefined {
  const token = read(text)
  if (!token) return 'no token'
  if ((token.expiration ?? 0) * 1000 < EPOCH + world.now - 1000) return 'expired'
  return token.payload?.slice(0, 16) === sign(world, region, 0).slice(0, 16) ? undefined : 'forged'
}

/** Begins with what stands for the region, so that a token of another one is told apart. */
function sign(world: World, region: string, expiresAt: number): string {
  const place = digestOf(`ecr ${ACCOUNT} ${region} ${world.seed}`).slice(7, 23)
  return `${place}${digestOf(`token ${region} ${expiresAt} ${world.seed}`).slice(7, 71)}`
}

function read(text: string): { readonly payload?: string; readonly expiration?: number } | undefined {
  try {
    const value = JSON.parse(atob(text.trim())) as unknown
    return typeof value === 'object' && value !== null
      ? (value as { readonly payload?: string; readonly expiration?: number })
      : undefined
  } catch {
    return undefined
  }
}
