/** What a session needs after its first question, fetched while that is made and read: the net may be gone by then. The schedule comes last. */
export async function fetchTheRest(): Promise<void> {
  await Promise.all([
    import('./formats/Amount.tsx'),
    import('./formats/Doing.tsx'),
    import('./formats/Options.tsx'),
    import('./formats/Ordering.tsx'),
    import('./formats/Places.tsx'),
  ])
  await Promise.all([
    import('./Told.tsx'),
    import('./Summary.tsx'),
    import('./Timer.tsx'),
    import('../../workspace/progress.ts'),
  ])
  await Promise.all([import('./Code.tsx'), import('./openInLab.ts')])
  await import('./Outlook.tsx')
}
