import type { World } from '../../../../kernel/index.ts'
import type { ApiResource } from '../../api/apiResource.ts'
import { objectsAt, textAt } from '../../api/loose.ts'
import { selectValues } from '../../api/path.ts'
import { find } from '../../object/object.ts'
import { clusterPrinters } from './cluster.ts'
import { networkPrinters } from './network.ts'
import { policyPrinters } from './policies.ts'
import { age, ageOf, nameOf, type Printer } from './printer.ts'
import { storagePrinters } from './storage.ts'
import { workloadPrinters } from './workloads.ts'

/** How objects of a resource stand in a table: its own printer, the columns of its definition, or name and age. */
export function printerOf(world: World, resource: ApiResource): Printer {
  const definition = find(world, 'CustomResourceDefinition', undefined, `${resource.plural}.${resource.group}`)
  if (definition) return customPrinter(definition.spec, resource.version)
  const printers = [workloadPrinters, networkPrinters, clusterPrinters, storagePrinters, policyPrinters]
  for (const family of printers) {
    const found = family[resource.kind]
    if (found) return found
  }
  return PLAIN
}

const PLAIN: Printer = { columns: ['Name', 'Age'], row: (object, seen) => [nameOf(object), age(object, seen)] }

/** Models: apiextensions-apiserver/pkg/registry/customresource/tableconvertor */
function customPrinter(spec: unknown, version: string): Printer {
  const served = objectsAt(spec, 'versions').find((one) => one.name === version)
  const columns = objectsAt(served, 'additionalPrinterColumns')
  if (columns.length === 0) return PLAIN
  return {
    columns: [
      'Name',
      ...columns.map((column) => `${textAt(column, 'name')}${Number(column.priority ?? 0) > 0 ? '*' : ''}`),
    ],
    row: (object, seen) => [
      nameOf(object),
      ...columns.map((column) => {
        const found = selectValues(textAt(column, 'jsonPath'), object)
        const value = 'values' in found ? found.values[0] : undefined
        if (value === undefined || value === null) return ''
        if (textAt(column, 'type') === 'date') return ageOf(value, seen.now)
        return typeof value === 'object' ? JSON.stringify(value) : String(value)
      }),
    ],
  }
}
