/** The fleet. */
export function Fleet() {
  return null
}
