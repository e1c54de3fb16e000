import type { ApiAnswer, ApiCall } from '../core/index.ts'
import { refuse } from '../core/index.ts'
import { type FilterNames, filtered } from './filters.ts'

/** The members that most Describe operations take. */
export interface Asked {
  readonly Filters?:
    | readonly { readonly Name?: string | undefined; readonly Values?: readonly string[] | undefined }[]
    | undefined
}

/** How one sort of thing is described. */
export interface Describing<T extends object> {
  /** The output's member: `Vpcs`. */
  readonly output: string
  /** The input's member with ids, and the member of each thing that it names. */
  readonly ids: string
  readonly id: keyof T & string
  readonly names?: FilterNames
  /** The refusal for an id that is not there. */
  readonly missing: (id: string) => readonly [code: string, message: string]
}

/** Answers a Describe operation over descriptions: ids first, then filters. */
export function describe<T extends object>(call: ApiCall<Asked>, all: readonly T[], how: Describing<T>): ApiAnswer {
  const wanted = (call.input as { readonly [member: string]: unknown })[how.ids] as readonly string[] | undefined
  let list = all
  if (wanted && wanted.length > 0) {
    const absent = wanted.find((id) => !all.some((one) => one[how.id] === id))
    if (absent !== undefined) return refuse(...how.missing(absent))
    list = all.filter((one) => wanted.includes(String(one[how.id])))
  }
  const found = filtered(list, call.input.Filters, how.names)
  return 'error' in found ? found : { output: { [how.output]: found.kept } }
}
