type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** The fields that are there, without those that are undefined. */
export function pick<T extends object>(fields: T): Defined<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Defined<T>
}
