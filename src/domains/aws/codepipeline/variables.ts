import type { Execution, Pipeline } from './pipeline.ts'

/** Puts the values of `#{namespace.name}` into a text; a name that is not known is an error in CodePipeline's words. */
export function resolveVariables(
  text: string,
  pipeline: Pipeline,
  execution: Execution,
): { readonly text: string } | { readonly error: string } {
  let missing: string | undefined
  const resolved = text.replace(/#\{([\w@-]+)\.([\w@.-]+)\}/g, (whole, namespace: string, name: string) => {
    const value = lookedUp(namespace, name, pipeline, execution)
    if (value === undefined) missing ??= `${namespace}.${name}`
    return value ?? whole
  })
  if (missing === undefined) return { text: resolved }
  return { error: `Unresolvable variable reference: ${missing} could not be resolved to a value.` }
}

function lookedUp(namespace: string, name: string, pipeline: Pipeline, execution: Execution): string | undefined {
  if (namespace === 'codepipeline') {
    if (name === 'PipelineExecutionId') return execution.executionId
    if (name === 'PipelineName') return pipeline.declaration.name
    return undefined
  }
  if (namespace === 'variables') return execution.variables.find((one) => one.name === name)?.resolvedValue
  return execution.outputs[namespace]?.[name]
}
