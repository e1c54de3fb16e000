import { Fragment, type ReactNode, type RefObject } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator } from 'react-resizable-panels'

/** Panes that share a row (`columns`) or a column (`rows`), with a separator between that is dragged, or moved with the arrow keys once it is
 *  focused. Sizes in pixels, or a string with a unit ("30%"). `onLayout` gives percentages by pane id when the hand lets go: keep them, and
 *  hand them back as `layout`. */
export function SplitPane({ direction, panes, layout, onLayout, className }: SplitPaneProps) {
  return (
    <Group
      orientation={direction === 'columns' ? 'horizontal' : 'vertical'}
      defaultLayout={layout}
      resizeTargetMinimumSize={{ coarse: 44, fine: 12 }}
      onLayoutChanged={(next, meta) => {
        if (meta.isUserInteraction) onLayout?.(next)
      }}
      {...(className ? { className } : {})}
    >
      {panes.map((pane, index) => (
        <Fragment key={pane.id}>
          {index > 0 ? (
            <Separator
              className={`splitter ${direction}`}
              aria-label={`Between ${panes[index - 1]?.label} and ${pane.label}`}
            />
          ) : null}
          <Panel
            id={pane.id}
            defaultSize={pane.size}
            minSize={pane.min}
            maxSize={pane.max}
            collapsible={pane.collapsible}
            groupResizeBehavior={pane.keepsPixels ? 'preserve-pixel-size' : 'preserve-relative-size'}
            panelRef={pane.handle}
            className="flex min-h-0 min-w-0 flex-col"
          >
            {pane.content}
          </Panel>
        </Fragment>
      ))}
    </Group>
  )
}

export interface SplitPaneProps {
  direction: 'columns' | 'rows'
  panes: readonly SplitPaneItem[]
  layout?: Record<string, number> | undefined
  onLayout?: ((layout: Record<string, number>) => void) | undefined
  className?: string | undefined
}

/** One pane. `keepsPixels` holds its width while the window changes (one pane must not); `handle` folds, opens and resizes it from code. */
export interface SplitPaneItem {
  id: string
  label: string
  size?: number | string | undefined
  min?: number | string | undefined
  max?: number | string | undefined
  collapsible?: boolean | undefined
  keepsPixels?: boolean | undefined
  handle?: RefObject<SplitPaneHandle | null> | undefined
  content: ReactNode
}

/** What a pane's handle can do: collapse, expand, isCollapsed, getSize, resize. */
export type SplitPaneHandle = PanelImperativeHandle
