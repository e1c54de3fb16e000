import { EmptyState, Pictogram, Section, Sparkline, SplitPane } from '../index.ts'
import { Box } from './Box.tsx'

/** Sparklines, panes and an empty state. */
export function Rest() {
  return (
    <Box label="Rest">
      <Section title="Numbers over time">
        <div className="flex flex-wrap items-center gap-4">
          <Sparkline label="Requests a second" values={[40, 42, 39, 44, 60, 58, undefined, 61, 80, 120]} />
          <Sparkline
            label="Errors"
            values={[0.3, 0.2, 0.4, 1.4, 1.2]}
            limit={1}
            status="warn"
            say={(value) => `${value}%`}
          />
        </div>
      </Section>
      <Section title="Panes">
        <div className="h-24 overflow-hidden rounded-6 border border-line">
          <SplitPane
            direction="columns"
            panes={[
              { id: 'a', label: 'Lesson', min: 80, size: 120, content: <p className="sub p-3">Lesson</p> },
              { id: 'b', label: 'Canvas', min: 80, content: <p className="sub p-3">Canvas</p> },
            ]}
          />
        </div>
      </Section>
      <EmptyState
        title="No alarms yet"
        text="An alarm watches one number and says when it has been wrong for long enough."
        picture={<Pictogram name="alarm" size={28} />}
        action={{ label: 'Put one on the canvas', run: () => {} }}
      />
    </Box>
  )
}
