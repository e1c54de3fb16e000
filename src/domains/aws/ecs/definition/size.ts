/** CPU units out of a task's `cpu`: `256`, `.5 vCPU`, `1 vcpu`; undefined when it is neither. */
export function cpuUnits(text: string | number | undefined): number | undefined {
  const match = /^\s*(\d+|\d*\.\d+)\s*(vcpu)?\s*$/i.exec(String(text ?? ''))
  if (!match) return undefined
  const [, number = '', unit] = match
  if (unit === undefined && !/^\d+$/.test(number)) return undefined
  return Math.round(Number(number) * (unit === undefined ? 1 : 1024))
}

/** MiB out of a task's `memory`: `512`, `0.5 GB`, `2gb`; undefined when it is neither. */
export function memoryMiB(text: string | number | undefined): number | undefined {
  const match = /^\s*(\d+|\d*\.\d+)\s*(gb|mb)?\s*$/i.exec(String(text ?? ''))
  if (!match) return undefined
  const [, number = '', unit] = match
  if (unit === undefined && !/^\d+$/.test(number)) return undefined
  return Math.round(Number(number) * (unit?.toLowerCase() === 'gb' ? 1024 : 1))
}
