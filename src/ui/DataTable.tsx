import { type ReactNode, useState } from 'react'
import { VisuallyHidden } from './VisuallyHidden.tsx'

/** A real table: a caption (hidden unless `showCaption`), column headers, the first column as row headers. Columns that give a `sort` value
 *  can be sorted from their header; the rows then keep their given order as the last word. */
export function DataTable<Row>({ caption, showCaption, columns, rows, rowKey, empty }: DataTableProps<Row>) {
  const [order, setOrder] = useState<{ column: string; down: boolean } | undefined>()
  const by = columns.find((column) => column.id === order?.column)?.sort
  const shown = by && order ? [...rows].sort((a, b) => compare(by(a), by(b)) * (order.down ? -1 : 1)) : rows
  return (
    <div className="overflow-x-auto">
      <table className="table">
        <caption className={showCaption ? 'sub pb-2 text-left' : 'sr-only'}>{caption}</caption>
        <thead>
          <tr>
            {columns.map((column) => {
              const active = order?.column === column.id
              return (
                <th
                  key={column.id}
                  scope="col"
                  className={column.right ? 'right' : undefined}
                  aria-sort={active ? (order.down ? 'descending' : 'ascending') : undefined}
                >
                  {column.sort ? (
                    <button
                      type="button"
                      onClick={() => setOrder({ column: column.id, down: active ? !order.down : false })}
                    >
                      {column.header}
                      <SortArrow way={active ? (order.down ? 'down' : 'up') : 'none'} />
                    </button>
                  ) : (
                    column.header
                  )}
                </th>
              )
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={rowKey(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th
                    key={column.id}
                    scope="row"
                    className={column.right ? 'right' : column.whole ? 'whole' : undefined}
                  >
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.id} className={column.right ? 'right' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
          {shown.length === 0 ? (
            <tr>
              <td colSpan={columns.length} className="text-muted">
                {empty ?? 'Nothing here.'}
              </td>
            </tr>
          ) : null}
        </tbody>
      </table>
    </div>
  )
}

export interface DataTableProps<Row> {
  caption: string
  showCaption?: boolean | undefined
  columns: readonly DataColumn<Row>[]
  rows: readonly Row[]
  rowKey: (row: Row) => string
  empty?: ReactNode | undefined
}

/** One column. `right` lines figures up; `sort` gives the value to order by. */
export interface DataColumn<Row> {
  id: string
  header: ReactNode
  cell: (row: Row) => ReactNode
  right?: boolean | undefined
  /** Never broken into lines. */
  whole?: boolean | undefined
  sort?: ((row: Row) => string | number) | undefined
}

function compare(a: string | number, b: string | number): number {
  if (typeof a === 'number' && typeof b === 'number') return a - b
  return String(a).localeCompare(String(b), 'en', { numeric: true })
}

function SortArrow({ way }: { way: 'up' | 'down' | 'none' }) {
  return (
    <>
      <svg width="9" height="9" viewBox="0 0 9 9" aria-hidden="true" opacity={way === 'none' ? 0.55 : 1}>
        <path
          d={way === 'up' ? 'M1.5 6 4.5 3l3 3' : way === 'down' ? 'M1.5 3l3 3 3-3' : 'M2.5 3.5l2-2 2 2M2.5 5.5l2 2 2-2'}
          fill="none"
          stroke="currentColor"
          strokeWidth="1.3"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      {way === 'none' ? <VisuallyHidden>, sort</VisuallyHidden> : null}
    </>
  )
}
