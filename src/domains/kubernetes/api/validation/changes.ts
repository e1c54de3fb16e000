import { goJson, isObject, semanticEqual } from '../loose.ts'

/**
 * The changed paths between two specs, one `- path: old` and `+ path: new` line each. Unlike Kubernetes, which prints go-cmp's report
 * of its internal Go structs at this place.
 */
export function changedPaths(before: unknown, after: unknown): string {
  const lines: string[] = []
  walk(before, after, '', lines)
  return lines.join('\n')
}

function walk(before: unknown, after: unknown, path: string, lines: string[]): void {
  if (semanticEqual(before, after)) return
  if (isObject(before) && isObject(after)) {
    for (const key of [...new Set([...Object.keys(before), ...Object.keys(after)])].sort()) {
      walk(before[key], after[key], path === '' ? key : `${path}.${key}`, lines)
    }
    return
  }
  if (Array.isArray(before) && Array.isArray(after)) {
    for (let i = 0; i < Math.max(before.length, after.length); i++) walk(before[i], after[i], `${path}[${i}]`, lines)
    return
  }
  if (before !== undefined) lines.push(`- ${path}: ${goJson(before)}`)
  if (after !== undefined) lines.push(`+ ${path}: ${goJson(after)}`)
}
