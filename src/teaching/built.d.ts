/** What `readAtBuild` makes of our texts. */
declare module '*.yaml?list' {
  const list: readonly import('./concepts.ts').Concept[]
  export default list
}
