import { defineRule } from '../../../kernel/index.ts'

/**
 * In which order the resources of a stack are made; deletion goes the other way.
 * Models: AWS CloudFormation User Guide, DependsOn attribute
 */
export const cloudformationOrder = defineRule({
  id: 'cloudformation.order',
  says: 'What depends on nothing left starts together; a circle or an unknown name is an error.',
  source: 'AWS CloudFormation User Guide, aws-attribute-dependson',
  decide: ({ dependsOn }: { readonly dependsOn: { readonly [name: string]: readonly string[] } }) => {
    const failed = { createLevels: null, error: true } as const
    const names = Object.keys(dependsOn).sort()
    const known = new Set(names)
    if (names.some((name) => dependsOn[name]?.some((other) => !known.has(other)))) return failed
    const done = new Set<string>()
    const createLevels: string[][] = []
    while (done.size < names.length) {
      const level = names.filter((name) => !done.has(name) && dependsOn[name]?.every((other) => done.has(other)))
      if (level.length === 0) return failed
      createLevels.push(level)
      for (const name of level) done.add(name)
    }
    return { createLevels, error: false }
  },
})
