/** Throws at once when something that must hold does not: a mistake of ours, never of the learner or of the simulated world. */
export function invariant(holds: unknown, says: string): asserts holds {
  if (!holds) throw new Error(`Invariant: ${says}`)
}
